import { createRequire } from 'node:module';
import * as rust from 'whatsapp-rust-bridge';
import { fromBase64 } from '../bytes/base64.codec.js';
import { convertSenderKey, convertSession } from './signal-record.codec.js';

interface TestPair {
  pubKey: Uint8Array;
  privKey: Uint8Array;
}

interface TestCipher {
  encrypt(content: Uint8Array): Promise<{ type: number; body: string }>;
  decryptWhisperMessage(message: Uint8Array): Promise<Uint8Array>;
  decryptPreKeyWhisperMessage(message: Uint8Array): Promise<Uint8Array>;
}

/** The part of libsignal that the test uses, which has no complete types. */
interface Libsignal {
  keyhelper: {
    generateIdentityKeyPair(): TestPair;
    generateRegistrationId(): number;
    generateSignedPreKey(identity: TestPair, id: number): { keyPair: TestPair; signature: Uint8Array };
    generatePreKey(id: number): { keyPair: TestPair };
  };
  ProtocolAddress: new (name: string, device: number) => object;
  SessionCipher: new (storage: object, address: object) => TestCipher;
  SessionRecord: { deserialize(data: object): unknown };
}

const require = createRequire(import.meta.url);
const { keyhelper, ProtocolAddress, SessionCipher } = require('libsignal') as Libsignal;
const SessionRecord = require('libsignal/src/session_record.js') as Libsignal['SessionRecord'];

/** One side of a conversation: the data of libsignal's JavaScript, and that of whatsapp-rust-bridge, which writes the same records as whatsmeow. */
class Party {
  readonly identity = keyhelper.generateIdentityKeyPair();
  readonly registrationId = keyhelper.generateRegistrationId();
  readonly signedPreKey = keyhelper.generateSignedPreKey(this.identity, 1);
  readonly preKey = keyhelper.generatePreKey(7);
  readonly sessions = new Map<string, unknown>();
  readonly records = new Map<string, Uint8Array>();
  readonly senderKeys = new Map<string, Uint8Array>();

  readonly javaScript = {
    loadSession: async (id: string) => this.sessions.get(id),
    storeSession: async (id: string, record: unknown) => void this.sessions.set(id, record),
    isTrustedIdentity: () => true,
    loadPreKey: async () => this.preKey.keyPair,
    removePreKey: async () => undefined,
    loadSignedPreKey: () => this.signedPreKey.keyPair,
    getOurRegistrationId: () => this.registrationId,
    getOurIdentity: () => this.identity
  };

  readonly rust = {
    loadSession: async (id: string) => this.records.get(id) ?? null,
    storeSession: async (id: string, record: rust.SessionRecord) => void this.records.set(id, record.serialize()),
    getOurIdentity: () => this.identity,
    getOurRegistrationId: () => this.registrationId,
    isTrustedIdentity: () => true,
    loadPreKey: () => this.preKey.keyPair,
    removePreKey: () => undefined,
    loadSignedPreKey: () => ({ keyId: 1, keyPair: this.signedPreKey.keyPair, signature: this.signedPreKey.signature }),
    loadSenderKey: async (id: string) => this.senderKeys.get(id) ?? null,
    storeSenderKey: async (id: string, record: Uint8Array) => void this.senderKeys.set(id, record)
  };

  get bundle() {
    return {
      registrationId: this.registrationId,
      identityKey: this.identity.pubKey,
      signedPreKey: { keyId: 1, publicKey: this.signedPreKey.keyPair.pubKey, signature: this.signedPreKey.signature },
      preKey: { keyId: 7, publicKey: this.preKey.keyPair.pubKey }
    };
  }

  /** Continues in JavaScript with the data of the other implementation. Returns the number of keys that were left out. */
  change(id: string): number {
    const { session, skippedKeys } = convertSession(this.records.get(id)!, Date.now())!;
    this.sessions.set(id, SessionRecord.deserialize(session));
    return skippedKeys;
  }
}

const bytes = (message: { body: string }): Buffer => Buffer.from(message.body, 'binary');
const text = (content: Uint8Array): string => Buffer.from(content).toString();

describe('records of libsignal in its storage form', () => {
  it('sessions continue in JavaScript in both directions', async () => {
    const [alice, bob] = [new Party(), new Party()];
    const toBob = new rust.ProtocolAddress('bob', 0);
    await new rust.SessionBuilder(alice.rust, toBob).initOutgoing(bob.bundle);
    const before = new rust.SessionCipher(alice.rust, toBob);
    const far = new SessionCipher(bob.javaScript, new ProtocolAddress('alice', 0));
    expect(text(await far.decryptPreKeyWhisperMessage(Buffer.from((await before.encrypt(Buffer.from('1'))).body)))).toBe('1');
    await before.decryptWhisperMessage(bytes(await far.encrypt(Buffer.from('2'))));
    for (const one of ['3', '4']) await far.decryptWhisperMessage(Buffer.from((await before.encrypt(Buffer.from(one))).body));
    const overtaken = bytes(await far.encrypt(Buffer.from('overtaken')));
    await before.decryptWhisperMessage(bytes(await far.encrypt(Buffer.from('5'))));
    const underWay = bytes(await far.encrypt(Buffer.from('under way')));

    expect(alice.change('bob.0')).toBe(1);
    const after = new SessionCipher(alice.javaScript, new ProtocolAddress('bob', 0));
    expect(text(await after.decryptWhisperMessage(underWay))).toBe('under way');
    for (const one of ['6', '7']) {
      expect(text(await far.decryptWhisperMessage(bytes(await after.encrypt(Buffer.from(one)))))).toBe(one);
      expect(text(await after.decryptWhisperMessage(bytes(await far.encrypt(Buffer.from(one)))))).toBe(one);
    }
    await expect(after.decryptWhisperMessage(overtaken)).rejects.toThrow();
  });

  it('a session without a reply so far continues', async () => {
    const [alice, bob] = [new Party(), new Party()];
    await new rust.SessionBuilder(alice.rust, new rust.ProtocolAddress('bob', 0)).initOutgoing(bob.bundle);
    await new rust.SessionCipher(alice.rust, new rust.ProtocolAddress('bob', 0)).encrypt(Buffer.from('lost'));
    alice.change('bob.0');
    const near = new SessionCipher(alice.javaScript, new ProtocolAddress('bob', 0));
    const far = new SessionCipher(bob.javaScript, new ProtocolAddress('alice', 0));
    const first = await near.encrypt(Buffer.from('1'));
    expect(first.type).toBe(3);
    expect(text(await far.decryptPreKeyWhisperMessage(bytes(first)))).toBe('1');
    expect(text(await near.decryptWhisperMessage(bytes(await far.encrypt(Buffer.from('2')))))).toBe('2');
  });

  it("sender keys have Baileys' form, the newest last", async () => {
    const alice = new Party();
    const name = new rust.SenderKeyName('1@g.us', new rust.ProtocolAddress('a', 3));
    await new rust.GroupSessionBuilder(alice.rust).create(name);
    const [record] = alice.senderKeys.values();
    const [chain] = JSON.parse(text(convertSenderKey(record!))) as {
      senderChainKey: { iteration: number; seed: { data: string } };
      senderSigningKey: { public: { data: string }; private: { data: string } };
    }[];
    expect(chain!.senderChainKey.iteration).toBe(0);
    expect(fromBase64(chain!.senderChainKey.seed.data)).toHaveLength(32);
    expect(fromBase64(chain!.senderSigningKey.public.data)).toHaveLength(33);
    expect(fromBase64(chain!.senderSigningKey.private.data)).toHaveLength(32);
  });

  it('bytes that are not a record are refused', () => {
    expect(() => convertSession(Buffer.from('no record'), 0)).toThrow(RangeError);
    expect(convertSession(new Uint8Array(), 0)).toBeNull();
  });
});
