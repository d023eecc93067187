import '../quiet-console.fixture.js';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchSimulator } from '@wabus/testing';
import { connectClient, pairedClient, post, type ConnectedClient, type MemoryAuth } from '../baileys-client.fixture.js';
import { SilentLog } from '../log.js';
import { loadRootKey } from '../noise/certificate-authority.js';
import { Simulator } from '../simulator.js';
import { StateFile } from './state-file.js';

const ALICE = '15550000001';
const BOB = '15550000002';

describe('a simulator with a state file', () => {
  let folder: string;
  let path: string;
  let simulator: Simulator;
  let file: StateFile;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wabus-simulator-'));
    path = join(folder, 'state.json');
    await start();
    for (const [phoneNumber, name] of [
      [ALICE, 'Alice'],
      [BOB, 'Bob']
    ]) {
      await post(simulator, 'createAccount', { phoneNumber, name });
    }
  });

  afterEach(async () => {
    await simulator.stop();
    await file.close(simulator.world);
    await rm(folder, { recursive: true });
  });

  const start = async () => {
    file = new StateFile(path, new SilentLog());
    simulator = await Simulator.start({ prepare: world => file.load(world) });
    file.follow(simulator.world);
  };
  const restart = async () => {
    await simulator.stop();
    await file.close(simulator.world);
    await start();
  };
  const reconnect = async (auth: MemoryAuth): Promise<ConnectedClient> => {
    const client = connectClient(simulator.ready.url, auth);
    await client.trace.open();
    return client;
  };
  const write = (text: string) => post(simulator, 'sendMessage', { from: BOB, to: ALICE, message: { conversation: text } });
  const received = async (atLeast: number) =>
    (await post<{ text: string }[]>(simulator, 'received', { phoneNumber: BOB, from: ALICE, atLeast, waitMs: 10_000 })).map(
      ({ text }) => text
    );
  const converse = async (client: ConnectedClient) => {
    await write('question');
    await client.trace.message('question');
    await client.socket.sendMessage(`${BOB}@s.whatsapp.net`, { text: 'answer' });
    expect(await received(1)).toEqual(['answer']);
  };
  const retries = () => {
    const seen: string[] = [];
    simulator.world.events.on('stanza-in', ({ stanza }) => void (stanza.attrs['type'] === 'retry' && seen.push('device')));
    simulator.world.events.on('stanza-out', ({ stanza }) => void (stanza.attrs['type'] === 'retry' && seen.push('phone')));
    return seen;
  };

  it('keeps the paired device and its Signal sessions', async () => {
    const { auth, ...client } = await pairedClient(simulator, ALICE);
    await converse({ auth, ...client });
    await restart();
    expect(await post(simulator, 'devices', { phoneNumber: ALICE })).toEqual([{ device: 1, online: false, unconfirmed: 0, logins: 1 }]);
    const asked = retries();
    const again = await reconnect(auth);
    await write('after the restart');
    await again.trace.message('after the restart');
    await again.socket.sendMessage(`${BOB}@s.whatsapp.net`, { text: 'mine too' });
    expect(await received(1)).toEqual(['mine too']);
    expect(asked).toEqual([]);
  });

  it('delivers after a restart what was queued before', async () => {
    const { auth, socket } = await pairedClient(simulator, ALICE);
    await socket.end(undefined);
    await post(simulator, 'awaitDevice', { phoneNumber: ALICE, online: false });
    await write('queued');
    await restart();
    await (await reconnect(auth)).trace.message('queued');
  });

  it('repeats no Signal counter after loading an older file', async () => {
    const { auth, ...client } = await pairedClient(simulator, ALICE);
    await converse({ auth, ...client });
    await restart();
    const before = await reconnect(auth);
    const old = JSON.stringify({ ...(JSON.parse(await readFile(path, 'utf8')) as object), clean: false });
    await write('not in the file');
    await before.trace.message('not in the file');
    await simulator.stop();
    await file.close(simulator.world);
    await writeFile(path, old);
    await start();
    const again = await reconnect(auth);
    await write('after the crash');
    await again.trace.message('after the crash');
    await again.socket.sendMessage(`${BOB}@s.whatsapp.net`, { text: 'still here' });
    expect(await received(1)).toEqual(['still here']);
  });

  it('keeps the file private and refuses a foreign one', async () => {
    await restart();
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const other = join(folder, 'other.json');
    await writeFile(other, '{"format": 99}');
    await expect(Simulator.start({ prepare: world => new StateFile(other, new SilentLog()).load(world) })).rejects.toThrow(/not a state/);
  });
});

test('a killed process keeps the root that its devices trust', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wabus-simulator-'));
  const stateFile = join(folder, 'state.json');
  const first = await launchSimulator({ stateFile });
  await first.process.kill();
  const second = await launchSimulator({ stateFile });
  await second.stop();
  expect(second.rootPublicKey).toBe(first.rootPublicKey);
  expect((await stat(`${stateFile}.root-key`)).mode & 0o777).toBe(0o600);
  await rm(folder, { recursive: true });
});

describe('loadRootKey', () => {
  it('creates one private key file and refuses another', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'wabus-simulator-'));
    const path = join(folder, 'root.json');
    const first = await loadRootKey(path);
    expect(Buffer.from((await loadRootKey(path)).public).equals(Buffer.from(first.public))).toBe(true);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await writeFile(path, '{"private": "AA==", "public": "AA=="}');
    await expect(loadRootKey(path)).rejects.toThrow(/wrong length/);
    await rm(folder, { recursive: true });
  });
});
