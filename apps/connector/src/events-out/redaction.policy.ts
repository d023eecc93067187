/**
 * Fields that are removed from every event at any depth, with what they would reveal.
 * Names are those of `WAProto`; bytes of media (such as `mediaKey` of an image) stay, because receivers of the message may see the picture.
 */
export const REDACTED_EVENT_FIELDS = {
  appStateSyncKeyShare: 'keys of the synchronized application state',
  keyData: 'a key of the synchronized application state',
  senderKeyDistributionMessage: "the sender's key for a group",
  fastRatchetKeySenderKeyDistributionMessage: "the sender's key for a group",
  axolotlSenderKeyDistributionMessage: "the sender's key for a group",
  messageSecret: 'the secret of a message, from which poll votes, reactions, edits and event answers are encrypted',
  botMessageSecret: 'the secret of a message to a bot',
  acAuthTokens: 'tokens of accounts linked to a bot',
  encKey: 'the key of the votes of a poll in the old form',
  ephemeralSharedSecret: 'a shared secret',
  callKey: 'the key of a call',
  masterKey: 'the key of a call',
  tcToken: 'the token by which the account may write to a contact',
  threadIdUserSecret: 'a secret of the account',
  shareableChatIdentifierEncryptionKey: 'a key of the account',
  initialHistBootstrapInlinePayload:
    'history as packed bytes, with the secrets of its messages; it comes unpacked as messaging-history.set',
  peerDataOperationRequestResponseMessage: 'answers of the phone to this device: nonces, snapshots, and messages as packed bytes',
  originalData: 'a message as packed bytes, with its secrets'
} as const satisfies Record<string, string>;

/** Fields that are removed only directly inside a certain other field. */
export const REDACTED_EVENT_FIELDS_WITHIN = {
  historySyncNotification: { mediaKey: 'the key of the whole history' }
} as const satisfies Record<string, Record<string, string>>;

const ANYWHERE: ReadonlySet<string> = new Set(Object.keys(REDACTED_EVENT_FIELDS));
const WITHIN: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(REDACTED_EVENT_FIELDS_WITHIN).map(([parent, fields]) => [parent, new Set(Object.keys(fields))])
);

const CONTEXT = 'messageContextInfo';
/** Returns whether a field of an object is removed; `parent` is the field whose value is the object. */
export const isRedacted = (name: string, parent: string): boolean => ANYWHERE.has(name) || WITHIN.get(parent)?.has(name) === true;

/** Removes the fields from JSON data, in place, at any depth. */
export function redact(json: unknown, parent = ''): void {
  if (typeof json !== 'object' || json === null) return;
  if (Array.isArray(json)) {
    for (const item of json) redact(item, parent);
    return;
  }
  const fields = json as Record<string, unknown>;
  for (const name of Object.keys(fields)) {
    if (isRedacted(name, parent)) delete fields[name];
    else redact(fields[name], name);
    // In most messages, it contains nothing but the secret.
    if (name === CONTEXT && isEmpty(fields[name])) delete fields[name];
  }
}

const isEmpty = (value: unknown): boolean => typeof value === 'object' && value !== null && Object.keys(value).length === 0;

/** Returns what is published of `creds.update`: the names of the changed fields, without their values. */
export function redactCredentials(update: object): { changed: string[] } {
  return { changed: Object.keys(update).sort() };
}
