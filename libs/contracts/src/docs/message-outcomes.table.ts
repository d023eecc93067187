import { MESSAGE_KINDS, type MessageKind, type MessageKindName } from '../messages/message-kinds.table.js';

/** `yes`, or in a sentence why not. */
export type OutcomeText = string;

/** What a consumer has of a message that holds one kind of content. */
export interface MessageOutcome {
  readonly kind: MessageKindName;
  /** `messages.upsert` has the content as it was sent. */
  readonly event: OutcomeText;
  /** `text` of the message in the store. */
  readonly text: OutcomeText;
  /** `GET …/store/messages/search`. */
  readonly search: OutcomeText;
  /** `GET …/media/:cursor`. */
  readonly file: OutcomeText;
}

/** Contents beside wrappers in which a file may stand. */
const WITH_FILE: ReadonlySet<MessageKindName> = new Set([
  'imageMessage',
  'videoMessage',
  'ptvMessage',
  'audioMessage',
  'documentMessage',
  'stickerMessage',
  'stickerPackMessage',
  'invoiceMessage',
  'productMessage',
  'buttonsMessage',
  'templateMessage',
  'highlyStructuredMessage',
  'interactiveMessage'
]);

/** Contents of a chat in which people read nothing. */
const WITHOUT_TEXT: Readonly<Partial<Record<MessageKindName, string>>> = {
  audioMessage: 'It contains only sound.',
  stickerMessage: 'A picture without text.',
  declinePaymentRequestMessage: 'It names only a request.',
  cancelPaymentRequestMessage: 'It names only a request.',
  paymentInviteMessage: 'It names only a service.',
  requestPhoneNumberMessage: 'It has no fields for people.',
  callLogMesssage: 'It says who called, when and for how long.',
  placeholderMessage: 'It stands for a message that only the phone shows.',
  messageHistoryNotice: 'It says with whom history was shared.'
};

const CIPHERTEXT =
  'Ciphertext under the secret of the message that it belongs to; the decrypted content is emitted as a change to that message.';

/** The outcome of contents that are no line of a chat. */
const CHANGES: Readonly<Partial<Record<MessageKindName, string>>> = {
  call: 'The key of a call; the event is `call`.',
  protocolMessage: 'It carries edits, deletions, settings and keys: `messages.update` and others say what it does.',
  reactionMessage: '`messages.reaction`, and `reactions` of the message.',
  stickerSyncRmrMessage: 'For the other devices of the account.',
  pollUpdateMessage: CIPHERTEXT,
  keepInChatMessage: 'It keeps a disappearing message.',
  encReactionMessage: CIPHERTEXT,
  pinInChatMessage: 'It pins a message.',
  scheduledCallEditMessage: 'It cancels a call.',
  messageHistoryBundle: 'History for a new member of a group.',
  encCommentMessage: CIPHERTEXT,
  encEventResponseMessage: CIPHERTEXT,
  secretEncryptedMessage: CIPHERTEXT,
  albumMessage: 'The header of an album; its pictures are separate messages.',
  statusNotificationMessage: 'It names a reply to a status.',
  statusStickerInteractionMessage: 'A tap on a sticker of a status.'
};

/** Taken out of events: whoever reads the log could decrypt with them. */
const KEYS: ReadonlySet<MessageKindName> = new Set(['senderKeyDistributionMessage', 'fastRatchetKeySenderKeyDistributionMessage']);

const BESIDE: Readonly<Partial<Record<MessageKindName, string>>> = {
  senderKeyDistributionMessage: 'A key.',
  fastRatchetKeySenderKeyDistributionMessage: 'A key.',
  messageContextInfo: 'It accompanies another content.'
};

const MISSING = 'No reason is given.';
const NO_FILE = 'It contains none.';

function outcomeOf(kind: MessageKindName): MessageOutcome {
  const { role, texts = [] }: MessageKind = MESSAGE_KINDS[kind];
  const all = (event: OutcomeText, other: OutcomeText, file: OutcomeText): MessageOutcome => ({
    kind,
    event,
    text: other,
    search: other,
    file
  });
  switch (role) {
    case 'wrapper':
      return all('yes', 'yes', 'yes');
    case 'change':
      return all('yes', CHANGES[kind] ?? MISSING, NO_FILE);
    case 'beside':
      return all(KEYS.has(kind) ? 'Keys are not published.' : 'yes', BESIDE[kind] ?? MISSING, NO_FILE);
    case 'content':
      return all('yes', texts.length > 0 ? 'yes' : (WITHOUT_TEXT[kind] ?? MISSING), WITH_FILE.has(kind) ? 'yes' : NO_FILE);
  }
}

/** A row for each kind of content. An end-to-end test sends one message of each, and compares. */
export const MESSAGE_OUTCOMES: readonly MessageOutcome[] = (Object.keys(MESSAGE_KINDS) as MessageKindName[]).map(outcomeOf);

/** Kinds of which something is neither there nor explained: none, as a test says. */
export const UNEXPLAINED_KINDS: readonly MessageKindName[] = MESSAGE_OUTCOMES.filter(row => Object.values(row).includes(MISSING)).map(
  ({ kind }) => kind
);
