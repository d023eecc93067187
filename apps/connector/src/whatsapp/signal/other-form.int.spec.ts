import type { SignalAuthState, SignalKeyStoreWithTransaction, SignalRepositoryWithLIDStore } from '@whiskeysockets/baileys';
import pino from 'pino';
import { addTransactionCapability, Curve, DEFAULT_CONNECTION_CONFIG, generateSignalPubKey, initAuthCreds } from '../baileys.js';
import { CurrentStanza } from '../receiving/message-reception.js';
import { durableSignalRepository } from './durable-signal.repository.js';
import { EarlyDecryption } from './early-decryption.js';

const logger = pino({ level: 'silent' });
const [NUMBER, LID] = ['15550000009:3@s.whatsapp.net', '9000000009:3@lid'];
const [NUMBER_ADDRESS, LID_ADDRESS] = ['15550000009.3', '9000000009_1.3'];

/** One side of a conversation, with its records in memory. */
class Side {
  readonly records = new Map<string, unknown>();
  readonly creds = initAuthCreds();
  readonly keys: SignalKeyStoreWithTransaction;
  readonly repository: SignalRepositoryWithLIDStore;

  constructor() {
    const store = {
      get: (type: string, ids: string[]) =>
        Object.fromEntries(
          ids.flatMap(id => (this.records.has(`${type}/${id}`) ? [[id, structuredClone(this.records.get(`${type}/${id}`))]] : []))
        ) as never,
      set: (changes: object) => {
        for (const [type, values] of Object.entries(changes) as [string, Record<string, unknown>][])
          for (const [id, value] of Object.entries(values))
            if (value === null) this.records.delete(`${type}/${id}`);
            else this.records.set(`${type}/${id}`, value);
      }
    };
    this.keys = addTransactionCapability(store, logger, { maxCommitRetries: 1, delayBetweenTriesMs: 1 });
    const auth: SignalAuthState = { creds: this.creds, keys: this.keys };
    this.repository = durableSignalRepository(
      {
        currentStanza: new CurrentStanza(),
        early: new EarlyDecryption(),
        me: () => undefined,
        credentials: {
          giveUp: (cause: unknown) => Promise.reject(new Error('not kept', { cause })),
          writtenLater: () => Promise.resolve()
        }
      },
      DEFAULT_CONNECTION_CONFIG.makeSignalRepository
    )(auth, logger, () => Promise.resolve([]));
  }

  async open(jid: string, other: Side): Promise<void> {
    const preKey = Curve.generateKeyPair();
    await other.keys.set({ 'pre-key': { 7: preKey } });
    const { signedPreKey, signedIdentityKey, registrationId } = other.creds;
    await this.repository.injectE2ESession({
      jid,
      session: {
        registrationId,
        identityKey: generateSignalPubKey(signedIdentityKey.public),
        signedPreKey: {
          keyId: signedPreKey.keyId,
          publicKey: generateSignalPubKey(signedPreKey.keyPair.public),
          signature: signedPreKey.signature
        },
        preKey: { keyId: 7, publicKey: generateSignalPubKey(preKey.public) }
      }
    });
  }

  sessions(): string[] {
    return [...this.records.keys()].filter(key => key.startsWith('session/')).map(key => key.slice('session/'.length));
  }
}

/** Encrypts a message from `from`, and decrypts it as `to` under the jid `as`. */
async function exchange(from: Side, to: Side, { jid, as }: { jid: string; as: string }): Promise<string> {
  const data = Buffer.from('a text');
  const { type, ciphertext } = await from.repository.encryptMessage({ jid, data });
  return Buffer.from(await to.repository.decryptMessage({ jid: as, type, ciphertext })).toString();
}

const US = '15550000001:1@s.whatsapp.net';

/** Both sides have written on one session, which this side stores under the contact's number. Then this side learns the LID. */
async function acquainted(): Promise<{ we: Side; contact: Side }> {
  const [we, contact] = [new Side(), new Side()];
  await contact.open(US, we);
  await exchange(contact, we, { jid: US, as: NUMBER });
  await exchange(we, contact, { jid: NUMBER, as: US });
  expect(we.sessions()).toEqual([NUMBER_ADDRESS]);
  await we.repository.lidMapping.storeLIDPNMappings([{ pn: NUMBER, lid: LID }]);
  return { we, contact };
}

test('a message on the session of the number is read', async () => {
  const { we, contact } = await acquainted();
  expect(await exchange(contact, we, { jid: US, as: LID })).toBe('a text');
  expect(we.sessions()).toEqual([LID_ADDRESS]);
  for (const as of [LID, NUMBER, LID]) expect(await exchange(contact, we, { jid: US, as })).toBe('a text');
  expect(await exchange(we, contact, { jid: NUMBER, as: US })).toBe('a text');
});

test('sessions of both jids are joined without loss', async () => {
  const { we, contact } = await acquainted();
  const former = we.records.get(`session/${NUMBER_ADDRESS}`);
  await we.open(LID, new Side());
  we.records.set(`session/${NUMBER_ADDRESS}`, former);
  expect(await exchange(contact, we, { jid: US, as: LID })).toBe('a text');
  expect(we.sessions()).toEqual([LID_ADDRESS]);
});

test('an unreadable message changes nothing', async () => {
  const { we } = await acquainted();
  const [stranger, other] = [new Side(), new Side()];
  await stranger.open(US, other);
  await exchange(stranger, other, { jid: US, as: NUMBER });
  await exchange(other, stranger, { jid: NUMBER, as: US });
  const before = structuredClone(we.records);
  await expect(exchange(stranger, we, { jid: US, as: LID })).rejects.toThrow();
  expect(we.records.get(`session/${NUMBER_ADDRESS}`)).toEqual(before.get(`session/${NUMBER_ADDRESS}`));
});

test("messages of the account's phone are read under either jid", async () => {
  const [we, phone] = [new Side(), new Side()];
  const [number, lid] = ['15550000001@s.whatsapp.net', '9000000001@lid'];
  await phone.open(US, we);
  await exchange(phone, we, { jid: US, as: number });
  await exchange(we, phone, { jid: number, as: US });
  await we.repository.lidMapping.storeLIDPNMappings([{ pn: number, lid }]);
  for (const as of [lid, number, lid, number]) {
    expect(await exchange(phone, we, { jid: US, as })).toBe('a text');
    expect(await exchange(we, phone, { jid: as, as: US })).toBe('a text');
  }
  // Each new session alternates between the two jids.
  for (const as of [lid, number]) {
    await phone.open(US, we);
    expect(await exchange(phone, we, { jid: US, as })).toBe('a text');
  }
});
