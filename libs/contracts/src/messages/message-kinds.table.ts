import type { proto } from '@whiskeysockets/baileys';

/**
 * The role of a field of WhatsApp's protobuf `Message`.
 *
 * - `content`: people see it in a chat.
 * - `wrapper`: it contains another message.
 * - `change`: it changes something else and does not appear in a chat.
 * - `beside`: it accompanies a content.
 */
export type MessageRole = 'content' | 'wrapper' | 'change' | 'beside';

export interface MessageKind {
  readonly role: MessageRole;
  /**
   * The paths of the texts that people see; the first one that is not empty is the text of the message. An empty path is the value itself. A list on a path
   * stands for all its items.
   */
  readonly texts?: readonly string[];
  /** The paths of additional texts that only a search covers. */
  readonly words?: readonly string[];
}

const WRAPPER: MessageKind = { role: 'wrapper' };
const CHANGE: MessageKind = { role: 'change' };
const BESIDE: MessageKind = { role: 'beside' };
const SILENT: MessageKind = { role: 'content' };
const reads = (texts: readonly string[], words: readonly string[] = []): MessageKind => ({ role: 'content', texts, words });
const under = (path: string, names: readonly string[]): string[] => names.map(name => `${path}.${name}`);

const CAPTION = ['caption'];
const DOCUMENT = ['caption', 'fileName', 'title'];
const LOCATION = ['comment', 'name', 'address'];
const NOTE = under('noteMessage', ['conversation', 'extendedTextMessage.text']);
const POLL = reads(['name', 'options.optionName']);
const POLL_RESULT = reads(['name', 'pollVotes.optionName']);
const CHANNEL_INVITE = reads(['caption', 'newsletterName']);

/** A header above a text: a title or the texts of a file. */
const HEADER_FILES = [
  ...under('imageMessage', CAPTION),
  ...under('videoMessage', CAPTION),
  ...under('documentMessage', DOCUMENT),
  ...under('locationMessage', LOCATION)
];
const PRODUCT = [
  'body',
  ...under('product', ['title', 'description', 'productImage.caption']),
  ...under('catalog', ['title', 'description', 'catalogImage.caption']),
  'footer'
];
const CARD = ['body.text', ...under('header', ['title', 'subtitle', ...HEADER_FILES, ...under('productMessage', PRODUCT)]), 'footer.text'];
const CARD_WORDS = ['nativeFlowMessage.buttons.buttonParamsJson', 'nativeFlowMessage.messageParamsJson'];
const INTERACTIVE = [...CARD, ...under('carouselMessage.cards', CARD)];
const INTERACTIVE_WORDS = [...CARD_WORDS, ...under('carouselMessage.cards', CARD_WORDS)];
const HYDRATED = [
  'hydratedContentText',
  'hydratedTitleText',
  ...HEADER_FILES,
  'hydratedFooterText',
  ...['quickReplyButton', 'urlButton', 'callButton'].map(name => `hydratedButtons.${name}.displayText`)
];
/** A template that the recipient's client fills in: the message contains only the variable parts. */
const STRUCTURED = ['params', 'localizableParams.default'];
const FOUR_ROWS = [
  ...under('content', STRUCTURED),
  ...under('highlyStructuredMessage', STRUCTURED),
  ...HEADER_FILES,
  ...under('footer', STRUCTURED),
  ...['quickReplyButton', 'urlButton', 'callButton'].flatMap(name => under(`buttons.${name}.displayText`, STRUCTURED))
];
const TEMPLATE = [
  ...under('hydratedTemplate', HYDRATED),
  ...under('hydratedFourRowTemplate', HYDRATED),
  ...under('interactiveMessageTemplate', INTERACTIVE),
  ...under('fourRowTemplate', FOUR_ROWS)
];
const TEMPLATE_WORDS = under('interactiveMessageTemplate', INTERACTIVE_WORDS);
const RICH = [
  'submessages.messageText',
  'submessages.imageMetadata.imageText',
  'submessages.codeMetadata.codeBlocks.codeContent',
  'submessages.tableMetadata.title',
  'submessages.tableMetadata.rows.items',
  'submessages.latexMetadata.text',
  'submessages.latexMetadata.expressions.latexExpression',
  'submessages.mapMetadata.annotations.title',
  'submessages.mapMetadata.annotations.body',
  'submessages.contentItemsMetadata.itemsMetadata.reelItem.title'
];

/** One row for each field of `Message` in Baileys' protobuf. The type requires all of them, and a test compares the table with the protobuf. */
export const MESSAGE_KINDS = {
  conversation: reads(['']),
  senderKeyDistributionMessage: BESIDE,
  imageMessage: reads(CAPTION),
  contactMessage: reads(['displayName'], ['vcard']),
  locationMessage: reads(LOCATION, ['url']),
  extendedTextMessage: reads(
    ['text', 'title', 'description', 'matchedText'],
    [
      'inviteLinkParentGroupSubjectV2',
      ...under('musicMetadata', ['title', 'author']),
      ...under('linkPreviewMetadata', ['videoContentCaption', 'musicMetadata.title', 'musicMetadata.author']),
      'endCardTiles.caption'
    ]
  ),
  documentMessage: reads(DOCUMENT),
  audioMessage: SILENT,
  videoMessage: reads(CAPTION),
  // It contains the key of a call, for the devices that ring.
  call: CHANGE,
  chat: reads(['displayName']),
  protocolMessage: CHANGE,
  contactsArrayMessage: reads(['displayName', 'contacts.displayName'], ['contacts.vcard']),
  highlyStructuredMessage: reads([...under('hydratedHsm', TEMPLATE), ...STRUCTURED], under('hydratedHsm', TEMPLATE_WORDS)),
  fastRatchetKeySenderKeyDistributionMessage: BESIDE,
  sendPaymentMessage: reads(NOTE),
  liveLocationMessage: reads(CAPTION),
  requestPaymentMessage: reads(NOTE),
  declinePaymentRequestMessage: SILENT,
  cancelPaymentRequestMessage: SILENT,
  templateMessage: reads(TEMPLATE, TEMPLATE_WORDS),
  stickerMessage: SILENT,
  groupInviteMessage: reads(['caption', 'groupName']),
  templateButtonReplyMessage: reads(['selectedDisplayText']),
  productMessage: reads(PRODUCT, ['product.url']),
  deviceSentMessage: WRAPPER,
  messageContextInfo: BESIDE,
  listMessage: reads([
    'description',
    'title',
    'footerText',
    'buttonText',
    ...under('sections', ['title', 'rows.title', 'rows.description']),
    'productListInfo.productSections.title'
  ]),
  viewOnceMessage: WRAPPER,
  orderMessage: reads(['message', 'orderTitle']),
  listResponseMessage: reads(['title', 'description']),
  ephemeralMessage: WRAPPER,
  invoiceMessage: reads(['note']),
  buttonsMessage: reads(
    ['contentText', 'text', ...HEADER_FILES, 'footerText', 'buttons.buttonText.displayText'],
    ['buttons.nativeFlowInfo.paramsJson']
  ),
  buttonsResponseMessage: reads(['selectedDisplayText']),
  paymentInviteMessage: SILENT,
  interactiveMessage: reads(INTERACTIVE, INTERACTIVE_WORDS),
  reactionMessage: CHANGE,
  stickerSyncRmrMessage: CHANGE,
  interactiveResponseMessage: reads(['body.text'], ['nativeFlowResponseMessage.paramsJson']),
  pollCreationMessage: POLL,
  pollUpdateMessage: CHANGE,
  keepInChatMessage: CHANGE,
  documentWithCaptionMessage: WRAPPER,
  requestPhoneNumberMessage: SILENT,
  viewOnceMessageV2: WRAPPER,
  encReactionMessage: CHANGE,
  editedMessage: WRAPPER,
  viewOnceMessageV2Extension: WRAPPER,
  pollCreationMessageV2: POLL,
  scheduledCallCreationMessage: reads(['title']),
  groupMentionedMessage: WRAPPER,
  pinInChatMessage: CHANGE,
  pollCreationMessageV3: POLL,
  scheduledCallEditMessage: CHANGE,
  ptvMessage: reads(CAPTION),
  botInvokeMessage: WRAPPER,
  // The spelling of the protobuf.
  callLogMesssage: SILENT,
  messageHistoryBundle: CHANGE,
  encCommentMessage: CHANGE,
  bcallMessage: reads(CAPTION),
  lottieStickerMessage: WRAPPER,
  eventMessage: reads(['name', 'description', ...under('location', LOCATION)], ['joinLink', 'location.url']),
  encEventResponseMessage: CHANGE,
  commentMessage: WRAPPER,
  newsletterAdminInviteMessage: CHANNEL_INVITE,
  placeholderMessage: SILENT,
  secretEncryptedMessage: CHANGE,
  // The header of an album: its pictures follow as separate messages.
  albumMessage: CHANGE,
  eventCoverImage: WRAPPER,
  stickerPackMessage: reads(['caption', 'name', 'packDescription', 'publisher']),
  statusMentionMessage: WRAPPER,
  pollResultSnapshotMessage: POLL_RESULT,
  pollCreationOptionImageMessage: WRAPPER,
  associatedChildMessage: WRAPPER,
  groupStatusMentionMessage: WRAPPER,
  pollCreationMessageV4: WRAPPER,
  statusAddYours: WRAPPER,
  groupStatusMessage: WRAPPER,
  richResponseMessage: reads(RICH),
  statusNotificationMessage: CHANGE,
  limitSharingMessage: WRAPPER,
  botTaskMessage: WRAPPER,
  questionMessage: WRAPPER,
  messageHistoryNotice: SILENT,
  groupStatusMessageV2: WRAPPER,
  botForwardedMessage: WRAPPER,
  statusQuestionAnswerMessage: reads(['text']),
  questionReplyMessage: WRAPPER,
  questionResponseMessage: reads(['text']),
  statusQuotedMessage: reads(['text']),
  // A tap on a sticker in a status, which is a reaction to the status.
  statusStickerInteractionMessage: CHANGE,
  pollCreationMessageV5: POLL,
  newsletterFollowerInviteMessageV2: CHANNEL_INVITE,
  pollResultSnapshotMessageV3: POLL_RESULT
} as const satisfies Record<keyof proto.IMessage, MessageKind>;

export type MessageKindName = keyof typeof MESSAGE_KINDS;
