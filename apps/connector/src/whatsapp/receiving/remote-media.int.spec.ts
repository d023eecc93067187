import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { WabusError } from '@wabus/contracts';
import { BaileysRemoteMedia } from './remote-media.js';

const BYTES = Buffer.from('a file of a channel, which is not encrypted');
/** Encodes bytes as in an event. */
const json = (bytes: Buffer): object => ({ type: 'Buffer', data: bytes.toString('base64') });
const hash = json(createHash('sha256').update(BYTES).digest());

describe('a file that its host may no longer have', () => {
  let server: Server;
  let origin: URL;

  beforeAll(async () => {
    // `/403` responds with 403, and `/file` with the file.
    server = createServer(({ url }, response) => {
      const status = Number(url!.slice(1)) || 200;
      response.writeHead(status).end(status === 200 ? BYTES : undefined);
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    origin = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  });
  afterAll(() => new Promise(resolve => server.close(resolve)));

  /** Returns the outcome for a message whose file is at a path, and whether the phone was asked for the file. */
  async function fetched(path: string, around: (file: object) => object): Promise<{ content: string; asked: boolean }> {
    let asked = false;
    const file = { url: origin.href + path, fileSha256: hash, mediaKey: json(Buffer.alloc(32)), mimetype: 'image/png' };
    const remote = new BaileysRemoteMedia(
      { key: { id: 'A', remoteJid: '1@s.whatsapp.net' }, message: around(file) },
      {
        hosts: { simulator: origin },
        dispatcher: null,
        requestAgain: message => {
          asked = true;
          // Like Baileys, this changes the one file that it finds, inside the few wrappers that Baileys supports.
          const found = message.message?.imageMessage as { url: string; mediaKey: unknown };
          Object.assign(found, { url: `${origin.href}file`, mediaKey: undefined });
          return Promise.resolve();
        }
      }
    );
    const pieces: Uint8Array[] = [];
    try {
      for await (const piece of await remote.open(AbortSignal.timeout(5_000))) pieces.push(piece);
    } catch (error) {
      return { content: (error as WabusError).code, asked };
    }
    return { content: Buffer.concat(pieces).toString(), asked };
  }

  const plain = (imageMessage: object): object => ({ imageMessage });

  it.each([401, 403, 404, 410])('is requested from the phone after %i', async status =>
    expect(await fetched(String(status), plain)).toEqual({ content: BYTES.toString(), asked: true })
  );

  it('is not requested from the phone after another refusal', async () =>
    expect(await fetched('500', plain)).toEqual({ content: 'EGRESS_FAILED', asked: false }));

  it.each<[string, (imageMessage: object) => object]>([
    ['a group mention', imageMessage => ({ groupMentionedMessage: { message: { imageMessage } } })],
    ['a template', imageMessage => ({ templateMessage: { interactiveMessageTemplate: { header: { imageMessage } } } })],
    ['a product', productImage => ({ productMessage: { product: { productImage } } })]
  ])('is also requested from the phone in %s', async (_name, around) =>
    expect(await fetched('403', around)).toEqual({ content: BYTES.toString(), asked: true })
  );

  it('has another reference under a new name or type', () => {
    const of = (fields: object): string =>
      new BaileysRemoteMedia(
        { key: {}, message: { documentMessage: { url: origin.href, fileSha256: hash, ...fields } } },
        { hosts: { simulator: origin }, dispatcher: null, requestAgain: () => Promise.resolve() }
      ).facts.id;
    const ids = [
      {},
      { fileName: 'a.txt' },
      { fileName: '../a.txt' },
      { fileName: 'b.txt' },
      { mimetype: 'text/plain' },
      { mimetype: 'no type' }
    ].map(of);
    expect(ids.map(id => ids.indexOf(id))).toEqual([0, 1, 1, 3, 4, 0]);
  });
});
