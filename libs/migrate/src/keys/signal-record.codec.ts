import { bytesJson } from '../bytes/byte-forms.codec.js';
import { toBase64 } from '../bytes/base64.codec.js';
import { ProtobufFields } from '../bytes/protobuf.codec.js';
import { typedKey } from './x25519.codec.js';

/** A session in the form of libsignal's JavaScript, and the number of keys for skipped messages that could not be converted. */
export interface ConvertedSession {
  readonly session: { readonly _sessions: Readonly<Record<string, unknown>>; readonly version: 'v1' };
  readonly skippedKeys: number;
}

const OURS = 1;
const THEIRS = 2;
const SENDING = 1;
const RECEIVING = 2;
const OPEN = -1;

/**
 * Converts a session record from libsignal's storage form (protobuf `RecordStructure`, which whatsmeow uses) to the form of its JavaScript. The keys of skipped
 * messages are left out, because they are stored derived there and underived here; WhatsApp sends such messages again. Returns `null` if the record has no
 * session that has begun.
 * @throws {RangeError} if the record is malformed
 */
export function convertSession(record: Uint8Array, now: number): ConvertedSession | null {
  const fields = new ProtobufFields(record);
  const sessions: Record<string, unknown> = {};
  let skippedKeys = 0;
  const add = (session: ProtobufFields, closed: number): void => {
    const key = text(typedKey(session.bytes(13)));
    const entry = sessionEntry(session, closed, now);
    if (entry === null || sessions[key] !== undefined) return;
    sessions[key] = entry;
    skippedKeys += session.messages(7).reduce((sum, chain) => sum + chain.messages(4).length, 0);
  };
  const current = fields.message(1);
  if (current !== null) add(current, OPEN);
  for (const previous of fields.messages(2)) add(previous, now);
  return Object.keys(sessions).length === 0 ? null : { session: { _sessions: sessions, version: 'v1' }, skippedKeys };
}

function sessionEntry(session: ProtobufFields, closed: number, now: number): object | null {
  const sender = session.message(6);
  const receivers = session.messages(7);
  if (sender === null) return null;
  // The last chain is the newest. A session that has sent first and received nothing may have none; in that case, the key only shows that there is no chain to
  // close.
  const lastRemoteKey = receivers.at(-1)?.bytes(1) ?? session.bytes(3);
  const pending = session.message(9);
  const chains = [...receivers.map(chain => chainEntry(chain, RECEIVING)), chainEntry(sender, SENDING)];
  return {
    registrationId: session.number(10),
    currentRatchet: {
      ephemeralKeyPair: { pubKey: text(typedKey(sender.bytes(1))), privKey: text(sender.bytes(2)) },
      lastRemoteEphemeralKey: text(typedKey(lastRemoteKey)),
      previousCounter: session.number(5),
      rootKey: text(session.bytes(4))
    },
    indexInfo: {
      baseKey: text(typedKey(session.bytes(13))),
      baseKeyType: pending === null ? THEIRS : OURS,
      closed,
      used: now,
      created: now,
      remoteIdentityKey: text(typedKey(session.bytes(3)))
    },
    _chains: Object.fromEntries(chains),
    ...(pending === null ? {} : { pendingPreKey: pendingEntry(pending) })
  };
}

function chainEntry(chain: ProtobufFields, chainType: number): [string, object] {
  const key = chain.message(3);
  const counter = (key?.number(1) ?? 0) - 1;
  return [
    text(typedKey(chain.bytes(1))),
    { chainKey: { counter, key: text(key?.bytes(2) ?? new Uint8Array()) }, chainType, messageKeys: {} }
  ];
}

function pendingEntry(pending: ProtobufFields): object {
  const preKeyId = pending.number(1);
  return {
    signedKeyId: pending.number(3),
    baseKey: text(typedKey(pending.bytes(2))),
    ...(preKeyId === 0 ? {} : { preKeyId })
  };
}

/**
 * Converts a sender-key record from the same storage form to Baileys' list of chains, in UTF-8 JSON. Baileys uses the last chain as the current one, whereas
 * the storage form has the newest first.
 * @throws {RangeError} if the record is malformed
 */
export function convertSenderKey(record: Uint8Array): Uint8Array {
  const chains = new ProtobufFields(record).messages(1).map(state => {
    const chain = state.message(2);
    const signing = state.message(3);
    return {
      senderKeyId: state.number(1),
      senderChainKey: { iteration: chain?.number(1) ?? 0, seed: bytesJson(chain?.bytes(2) ?? new Uint8Array()) },
      senderSigningKey: {
        public: bytesJson(typedKey(signing?.bytes(1) ?? new Uint8Array())),
        private: bytesJson(signing?.bytes(2) ?? new Uint8Array())
      },
      senderMessageKeys: state.messages(4).map(key => ({ iteration: key.number(1), seed: bytesJson(key.bytes(2)) }))
    };
  });
  return new TextEncoder().encode(JSON.stringify(chains.reverse()));
}

const text = toBase64;
