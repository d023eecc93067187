import '../quiet-console.fixture.js';
import type { BinaryNode } from '@whiskeysockets/baileys';
import { connectClient, pairedClient, post, type ConnectedClient } from '../baileys-client.fixture.js';
import { Simulator } from '../simulator.js';

const ALICE = '15550000001';
const BOB = '15550000002';
const ACK_MS = 300;

// The client here is Baileys without the patch, so it does not support `<status>`.
describe('a status post that nobody acknowledges', () => {
  let simulator: Simulator;
  let client: ConnectedClient;

  beforeAll(async () => {
    simulator = await Simulator.start({});
    for (const phoneNumber of [ALICE, BOB]) await post(simulator, 'createAccount', { phoneNumber });
    client = await pairedClient(simulator, ALICE);
    await post(simulator, 'setQueue', { statusAckMs: ACK_MS });
  });
  afterAll(() => simulator.stop());

  const writePost = (text: string) =>
    post(simulator, 'sendMessage', { from: BOB, to: ALICE, message: { conversation: text }, status: true });
  /** Resolves with the post id in the next stream error. */
  const streamError = ({ socket }: ConnectedClient): Promise<string | undefined> =>
    new Promise(resolve =>
      socket.ws.once('CB:stream:error', ({ content }: BinaryNode) => {
        const [ack] = content as BinaryNode[];
        resolve(ack?.tag === 'ack' && ack.attrs['class'] === 'status' ? ack.attrs['id'] : undefined);
      })
    );

  test('ends the stream of every connection with its id', async () => {
    const first = streamError(client);
    await writePost('never acknowledged');
    const id = await first;
    expect(id).toEqual(expect.any(String));
    const again = connectClient(simulator.ready.url, client.auth);
    expect(await streamError(again)).toBe(id);
    await again.trace.closeCode();
  });
});
