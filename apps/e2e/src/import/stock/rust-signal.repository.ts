import { DEFAULT_CONNECTION_CONFIG, jidDecode, type SignalAuthState, type SignalKeyStoreWithTransaction } from 'baileys-stock';
import {
  GroupCipher,
  GroupSessionBuilder,
  ProtocolAddress,
  SenderKeyDistributionMessage,
  SenderKeyName,
  SessionBuilder,
  SessionCipher,
  SessionRecord,
  type KeyPair
} from 'whatsapp-rust-bridge';

type MakeRepository = typeof DEFAULT_CONNECTION_CONFIG.makeSignalRepository;
type Repository = ReturnType<MakeRepository>;

const PRE_KEY_MESSAGE = 3;

/**
 * Baileys' Signal repository with the ciphers of whatsapp-rust-bridge: sessions and sender keys are stored in libsignal's protobuf form, which
 * whatsmeow's databases also contain. Everything else is Baileys' own.
 */
export const rustSignalRepository: MakeRepository = (auth, ...rest) => {
  const own: Repository = DEFAULT_CONNECTION_CONFIG.makeSignalRepository(auth, ...rest);
  const keys = auth.keys as SignalKeyStoreWithTransaction;
  const storage = storageOf(auth);
  const addressOf = async (jid: string): Promise<ProtocolAddress> => {
    const lid = jid.endsWith('@s.whatsapp.net') ? await own.lidMapping.getLIDForPN(jid) : null;
    return plainAddress(lid ?? jid);
  };
  const repository: Partial<Repository> = {
    decryptMessage: ({ jid, type, ciphertext }) =>
      keys.transaction(async () => {
        const cipher = new SessionCipher(storage, await addressOf(jid));
        return type === 'pkmsg' ? cipher.decryptPreKeyWhisperMessage(ciphertext) : cipher.decryptWhisperMessage(ciphertext);
      }, jid),
    encryptMessage: ({ jid, data }) =>
      keys.transaction(async () => {
        const { type, body } = await new SessionCipher(storage, await addressOf(jid)).encrypt(data);
        return { type: type === PRE_KEY_MESSAGE ? ('pkmsg' as const) : ('msg' as const), ciphertext: Buffer.from(body) };
      }, jid),
    injectE2ESession: ({ jid, session }) =>
      keys.transaction(async () => new SessionBuilder(storage, await addressOf(jid)).initOutgoing(session as never), jid),
    processSenderKeyDistributionMessage: ({ item, authorJid }) =>
      keys.transaction(async () => {
        const message = SenderKeyDistributionMessage.deserialize(item.axolotlSenderKeyDistributionMessage!);
        await new GroupSessionBuilder(storage).process(new SenderKeyName(item.groupId!, plainAddress(authorJid)), message);
      }, item.groupId!),
    decryptGroupMessage: ({ group, authorJid, msg }) =>
      keys.transaction(async () => new GroupCipher(storage, group, plainAddress(authorJid)).decrypt(msg), group),
    encryptGroupMessage: ({ group, meId, data }) =>
      keys.transaction(async () => {
        const message = await new GroupSessionBuilder(storage).create(new SenderKeyName(group, plainAddress(meId)));
        const ciphertext = await new GroupCipher(storage, group, plainAddress(meId)).encrypt(data);
        return { ciphertext, senderKeyDistributionMessage: message.serialize() };
      }, group),
    validateSession: async jid => {
      const record = await storage.loadSession((await addressOf(jid)).toString());
      return { exists: record !== null && SessionRecord.deserialize(record).haveOpenSession() };
    },
    // Sessions are stored under the LID from the first message on, because the simulated contacts include theirs.
    migrateSession: async () => ({ migrated: 0, skipped: 0, total: 0 })
  };
  return { ...own, ...repository, ...{ getSessionInfo: async () => null } };
};

function storageOf({ creds, keys }: SignalAuthState) {
  const read = async (type: 'session' | 'sender-key', id: string): Promise<Uint8Array | null> => (await keys.get(type, [id]))[id] ?? null;
  const pair = (one: { public: Uint8Array; private: Uint8Array }): KeyPair => ({ pubKey: typed(one.public), privKey: one.private });
  return {
    loadSession: (address: string) => read('session', address),
    storeSession: async (address: string, record: SessionRecord) => keys.set({ session: { [address]: Buffer.from(record.serialize()) } }),
    loadSenderKey: (name: string) => read('sender-key', name),
    storeSenderKey: async (name: string, record: Uint8Array) => keys.set({ 'sender-key': { [name]: Buffer.from(record) } }),
    getOurIdentity: () => pair(creds.signedIdentityKey),
    getOurRegistrationId: () => creds.registrationId,
    isTrustedIdentity: () => true,
    loadPreKey: async (id: number) => {
      const found = (await keys.get('pre-key', [String(id)]))[String(id)];
      return found ? pair(found) : null;
    },
    removePreKey: async (id: number) => keys.set({ 'pre-key': { [String(id)]: null } }),
    loadSignedPreKey: () => {
      const { keyPair, keyId, signature } = creds.signedPreKey;
      return { keyId, keyPair: pair(keyPair), signature };
    }
  };
}

function plainAddress(jid: string): ProtocolAddress {
  const { user, device, domainType } = jidDecode(jid)!;
  return new ProtocolAddress(domainType ? `${user}_${domainType}` : user, device ?? 0);
}

const typed = (key: Uint8Array): Uint8Array => (key.length === 32 ? Buffer.concat([Buffer.of(5), key]) : key);
