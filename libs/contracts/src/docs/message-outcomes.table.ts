import { MESSAGE_KINDS, type MessageKind, type MessageKindName } from '../messages/message-kinds.table.js';

/** Either `yes`, or a sentence that says why not. */
export type OutcomeText = string;

/** What Wabus offers for a message with one kind of content. */
export interface MessageOutcome {
  readonly kind: MessageKindName;
  /** Whether `messages.upsert` contains the content as it was sent. */
  readonly event: OutcomeText;
  /** Whether the message has a `text` in the store. */
  readonly text: OutcomeText;
  /** Whether `GET …/store/messages/search` finds the message. */
  readonly search: OutcomeText;
  /** Whether `GET …/media/:cursor` returns a file. */
  readonly file: OutcomeText;
}

/** The kinds, apart from wrappers, that can contain a file. */
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

/** The kinds that appear in a chat but contain no text to read. */
const WITHOUT_TEXT: Readonly<Partial<Record<MessageKindName, string>>> = {
  audioMessage: 'Audio has no text.',
  stickerMessage: 'A sticker has no text.',
  declinePaymentRequestMessage: 'It only refers to a payment request.',
  cancelPaymentRequestMessage: 'It only refers to a payment request.',
  paymentInviteMessage: 'It only names a payment service and an expiry time.',
  requestPhoneNumberMessage: 'It only asks for a phone number.',
  callLogMesssage: 'It only contains data about a call, such as its outcome and duration.',
  placeholderMessage: 'It replaces a message that only the phone can show.',
  messageHistoryNotice: 'It only reports with whom the chat history was shared.'
};

const CIPHERTEXT = 'It is encrypted with the secret of another message; the decrypted content is emitted as a change to that message.';

/** What happens to the kinds that do not appear as messages in a chat. */
const CHANGES: Readonly<Partial<Record<MessageKindName, string>>> = {
  call: 'It only contains the key of a call: see the event `call`.',
  protocolMessage: 'It contains an edit, a deletion, a setting or keys; events such as `messages.update` report its effect.',
  reactionMessage: 'It is a reaction: see the event `messages.reaction`, and `reactions` in the message that it refers to.',
  stickerSyncRmrMessage: 'It is only for the other devices of the account.',
  pollUpdateMessage: CIPHERTEXT,
  keepInChatMessage: 'It only states whether to keep a disappearing message.',
  encReactionMessage: CIPHERTEXT,
  pinInChatMessage: 'It only pins or unpins another message.',
  scheduledCallEditMessage: 'It only cancels a scheduled call.',
  messageHistoryBundle: 'It contains the chat history for a new member of a group.',
  encCommentMessage: CIPHERTEXT,
  encEventResponseMessage: CIPHERTEXT,
  secretEncryptedMessage: CIPHERTEXT,
  albumMessage: 'It is only the header of an album, whose pictures and videos are separate messages.',
  statusNotificationMessage: 'It only reports a response to a status post, such as a reshare.',
  statusStickerInteractionMessage: 'It only reports a tap on a sticker in a status post.'
};

/** Wabus removes these from events, because anyone who reads the log could decrypt messages with them. */
const KEYS: ReadonlySet<MessageKindName> = new Set(['senderKeyDistributionMessage', 'fastRatchetKeySenderKeyDistributionMessage']);

const BESIDE: Readonly<Partial<Record<MessageKindName, string>>> = {
  senderKeyDistributionMessage: 'It only contains an encryption key.',
  fastRatchetKeySenderKeyDistributionMessage: 'It only contains an encryption key.',
  messageContextInfo: 'It only accompanies other content.'
};

const MISSING = 'No reason is given.';
const NO_FILE = 'It has no file to download.';

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
      return all(KEYS.has(kind) ? 'Wabus removes keys from events.' : 'yes', BESIDE[kind] ?? MISSING, NO_FILE);
    case 'content':
      return all('yes', texts.length > 0 ? 'yes' : (WITHOUT_TEXT[kind] ?? MISSING), WITH_FILE.has(kind) ? 'yes' : NO_FILE);
  }
}

/** A row for each kind of content. An end-to-end test sends one message of each kind, and compares the result with the row. */
export const MESSAGE_OUTCOMES: readonly MessageOutcome[] = (Object.keys(MESSAGE_KINDS) as MessageKindName[]).map(outcomeOf);

/** The kinds with a missing outcome for which no reason is given. A test checks that there are none. */
export const UNEXPLAINED_KINDS: readonly MessageKindName[] = MESSAGE_OUTCOMES.filter(row => Object.values(row).includes(MISSING)).map(
  ({ kind }) => kind
);
