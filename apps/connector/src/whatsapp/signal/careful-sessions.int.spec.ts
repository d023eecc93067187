import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const FOLDER = fileURLToPath(new URL('../../..', import.meta.url));

/** A conversation with libsignal in a separate process: Jest would share one libsignal between the tests. The connector must have been built. */
const TWO_PEOPLE = `
  const { DEFAULT_CONNECTION_CONFIG, addTransactionCapability, initAuthCreds, Curve, generateSignalPubKey } = await import('@whiskeysockets/baileys');
  const quiet = new Proxy({}, { get: () => () => quiet });
  const person = () => {
    const records = new Map();
    const keys = addTransactionCapability({
      get: (type, ids) => Object.fromEntries(ids.flatMap(id => (records.has(type + id) ? [[id, structuredClone(records.get(type + id))]] : []))),
      set: data => { for (const [type, all] of Object.entries(data)) for (const [id, value] of Object.entries(all)) records.set(type + id, value); }
    }, quiet, { maxCommitRetries: 1, delayBetweenTriesMs: 1 });
    const creds = initAuthCreds();
    const repository = DEFAULT_CONNECTION_CONFIG.makeSignalRepository({ creds, keys }, quiet);
    let nextId = 1;
    const bundle = async () => {
      const preKey = Curve.generateKeyPair(), keyId = nextId++;
      await keys.set({ 'pre-key': { [keyId]: preKey } });
      const { signedPreKey: signed, registrationId, signedIdentityKey } = creds;
      return { registrationId, identityKey: generateSignalPubKey(signedIdentityKey.public), preKey: { keyId, publicKey: generateSignalPubKey(preKey.public) },
        signedPreKey: { keyId: signed.keyId, publicKey: generateSignalPubKey(signed.keyPair.public), signature: signed.signature } };
    };
    return { repository, bundle };
  };
  const [us, them] = [person(), person()];
  const [ourJid, theirJid] = ['1@s.whatsapp.net', '2@s.whatsapp.net'];
  const write = (from, jid, text) => from.repository.encryptMessage({ jid, data: Buffer.from(text) });
  const read = async (to, jid, { type, ciphertext }) => Buffer.from(await to.repository.decryptMessage({ jid, type, ciphertext })).toString();
  const open = async (from, jid, to) => from.repository.injectE2ESession({ jid, session: await to.bundle() });
  const outcome = act => act.then(text => text, error => error.name);
  await open(them, ourJid, us);
  await read(us, theirJid, await write(them, ourJid, 'hello'));
  await read(them, ourJid, await write(us, theirJid, 'hello to you'));
`;

async function run(preload: string, story: string): Promise<string[]> {
  const source = `${preload}${TWO_PEOPLE}${story}`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', source], { cwd: FOLDER });
  return stdout
    .trim()
    .split('\n')
    .filter(line => line.startsWith('> '));
}

const OURS = `await import('./dist/whatsapp/preload.js');`;
const IN_FLIGHT = `
  const inFlight = await write(them, ourJid, 'sent before they knew');
  await open(us, theirJid, them);
  console.log('> ' + await read(us, theirJid, inFlight));
  console.log('> ' + await outcome(write(us, theirJid, 'over the new session').then(sent => read(them, ourJid, sent))));
  console.log('> ' + await outcome(write(them, ourJid, 'and back').then(sent => read(us, theirJid, sent))));`;

test('messages of an older session do not damage the new one', async () => {
  expect(await run(OURS, IN_FLIGHT)).toEqual(['> sent before they knew', '> over the new session', '> and back']);
});

test('unpatched libsignal damages the new session', async () => {
  expect(await run('', IN_FLIGHT)).not.toEqual(['> sent before they knew', '> over the new session', '> and back']);
});

test('a message that was read before is recognized', async () => {
  const again = `
    const sent = await write(them, ourJid, 'once');
    console.log('> ' + await read(us, theirJid, sent));
    console.log('> ' + await outcome(read(us, theirJid, sent)));`;
  expect(await run(OURS, again)).toEqual(['> once', '> MessageCounterError']);
});
