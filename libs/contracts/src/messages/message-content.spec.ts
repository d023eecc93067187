import { contentFile } from './content-file.policy.js';
import { contentKind, contentText, contentWords, isChange, unwrappedContent, withinWrappers } from './message-content.policy.js';

const nested = (depth: number): object =>
  Array.from({ length: depth }).reduce<object>(message => ({ ephemeralMessage: { message } }), { conversation: 'deep' });

it.each<[unknown, string | null]>([
  [{ conversation: 'hello' }, 'hello'],
  [{ extendedTextMessage: { text: 'hello' } }, 'hello'],
  [{ imageMessage: { caption: 'sea' } }, 'sea'],
  [{ imageMessage: { url: 'https://example.com' } }, null],
  [{ documentMessage: { fileName: 'a.pdf' } }, 'a.pdf'],
  [{ documentWithCaptionMessage: { message: { documentMessage: { caption: 'read', fileName: 'a.pdf' } } } }, 'read'],
  [{ viewOnceMessageV2: { message: { videoMessage: { caption: 'once' } } } }, 'once'],
  [{ pollCreationMessageV3: { name: 'Lunch?' } }, 'Lunch?'],
  [{ locationMessage: { name: 'Home', address: 'Street 1' } }, 'Home'],
  [{ contactMessage: { displayName: 'Ann' } }, 'Ann'],
  [{ buttonsResponseMessage: { selectedDisplayText: 'Yes' } }, 'Yes'],
  [{ deviceSentMessage: { message: { editedMessage: { message: { conversation: 'new' } } } } }, 'new'],
  [{ audioMessage: { seconds: 3 } }, null],
  [{ conversation: 7 }, null],
  [nested(4), 'deep'],
  [nested(50), null],
  [{ buttonsMessage: { contentText: 'choose', footerText: 'below' } }, 'choose'],
  [{ templateMessage: { hydratedTemplate: { hydratedContentText: 'your bill', imageMessage: { caption: 'not this' } } } }, 'your bill'],
  [{ templateMessage: { interactiveMessageTemplate: { body: { text: 'your order' } } } }, 'your order'],
  [{ interactiveMessage: { body: { text: '' }, header: { title: 'sale' } } }, 'sale'],
  [{ interactiveMessage: { carouselMessage: { cards: [{}, { body: { text: 'second card' } }] } } }, 'second card'],
  [{ interactiveResponseMessage: { body: { text: 'yes' } } }, 'yes'],
  [{ listMessage: { title: 'menu', description: 'what we have' } }, 'what we have'],
  [{ productMessage: { product: { title: 'apples' } } }, 'apples'],
  [{ orderMessage: { message: 'two please' } }, 'two please'],
  [{ commentMessage: { message: { conversation: 'well said' } } }, 'well said'],
  [{ associatedChildMessage: { message: { imageMessage: { caption: 'third' } } } }, 'third'],
  [{ groupStatusMessageV2: { message: { conversation: 'status' } } }, 'status'],
  [{ locationMessage: { comment: 'here' } }, 'here'],
  [{ requestPaymentMessage: { noteMessage: { extendedTextMessage: { text: 'for lunch' } } } }, 'for lunch'],
  [{ pollCreationMessageV4: { message: { pollCreationMessageV5: { name: 'When?' } } } }, 'When?'],
  [{ interactiveMessage: { body: 7, header: [], carouselMessage: { cards: 'x' } } }, null],
  [null, null],
  [undefined, null],
  ['text', null],
  [[], null]
])('the readable text of %j is %j', (content, text) => {
  expect(contentText(content)).toBe(text);
});

it.each<[unknown, boolean]>([
  [{ conversation: 'hello' }, false],
  [{ messageContextInfo: {}, imageMessage: {} }, false],
  [{ reactionMessage: null, conversation: 'hello' }, false],
  [undefined, false],
  [null, false],
  [{ protocolMessage: { type: 0 } }, true],
  [{ messageContextInfo: {}, reactionMessage: {} }, true],
  [{ senderKeyDistributionMessage: {} }, true],
  [{ ephemeralMessage: { message: { protocolMessage: {} } } }, true],
  [{ editedMessage: { message: { protocolMessage: { type: 14 } } } }, true],
  [{ pinInChatMessage: {} }, true],
  [{ keepInChatMessage: {} }, true],
  [{ secretEncryptedMessage: {} }, true],
  [{ encCommentMessage: {} }, true],
  [{ scheduledCallEditMessage: {} }, true],
  [{ albumMessage: { expectedImageCount: 2 } }, true],
  [{ limitSharingMessage: { message: { protocolMessage: {} } } }, true],
  [{ commentMessage: { message: { conversation: 'well said' } } }, false],
  [{ somethingNew: {} }, false],
  [{}, true]
])('%j only changes another message: %j', (content, technical) => {
  expect(isChange(content)).toBe(technical);
});

test('a search covers all texts that people see', () => {
  const words = contentWords({
    ephemeralMessage: {
      message: {
        listMessage: { title: 'menu', sections: [{ title: 'cold', rows: [{ title: 'tea' }, { title: 'milk', description: 'fresh' }] }] },
        messageContextInfo: { quoted: 'not this' }
      }
    }
  });
  expect(words).toEqual(['menu', 'cold', 'tea', 'milk', 'fresh']);
  expect(contentWords({ documentMessage: { caption: 'read', fileName: 'a.pdf', url: 'https://x' } })).toEqual(['read', 'a.pdf']);
  expect(contentWords(null)).toEqual([]);
});

const place = { directPath: '/v/t62' };

test.each<[unknown, string | null]>([
  [{ imageMessage: place }, 'image'],
  [{ ptvMessage: place }, 'video'],
  [{ lottieStickerMessage: { message: { stickerMessage: place } } }, 'sticker'],
  [{ groupMentionedMessage: { message: { audioMessage: place } } }, 'audio'],
  [{ eventCoverImage: { message: { imageMessage: place } } }, 'image'],
  [{ commentMessage: { message: { videoMessage: place } } }, 'video'],
  [{ buttonsMessage: { documentMessage: place } }, 'document'],
  [{ templateMessage: { hydratedFourRowTemplate: { videoMessage: place } } }, 'video'],
  [{ templateMessage: { fourRowTemplate: { documentMessage: place } } }, 'document'],
  [{ templateMessage: { interactiveMessageTemplate: { header: { documentMessage: place } } } }, 'document'],
  [{ highlyStructuredMessage: { hydratedHsm: { hydratedTemplate: { imageMessage: place } } } }, 'image'],
  [{ interactiveMessage: { header: { productMessage: { product: { productImage: place } } } } }, 'image'],
  [
    { interactiveMessage: { carouselMessage: { cards: [{ header: { imageMessage: {} } }, { header: { videoMessage: place } }] } } },
    'video'
  ],
  [{ productMessage: { catalog: { catalogImage: place } } }, 'image'],
  [{ stickerPackMessage: place }, 'sticker-pack'],
  [{ invoiceMessage: { attachmentType: 1, attachmentDirectPath: '/v/t62' } }, 'document'],
  [{ invoiceMessage: { attachmentDirectPath: '/v/t62' } }, 'image'],
  [{ imageMessage: {} }, 'image'],
  [{ extendedTextMessage: { contextInfo: { quotedMessage: { imageMessage: place } } } }, null],
  [{ protocolMessage: { historySyncNotification: place } }, null],
  [{ imageMessage: 7 }, null],
  [{ conversation: 'hello' }, null],
  [null, null]
])('the file of %j is %j', (content, kind) => expect(contentFile(content)?.kind ?? null).toBe(kind));

test('an attachment has the fields of other files', () =>
  expect(contentFile({ invoiceMessage: { attachmentDirectPath: '/a', attachmentMediaKey: 'k', note: 'x' } })?.fields).toEqual({
    directPath: '/a',
    mediaKey: 'k'
  }));

test('the content inside wrappers can be replaced', () => {
  const wrapped = {
    ephemeralMessage: { message: { documentWithCaptionMessage: { message: { conversation: 'old' } } } },
    messageContextInfo: {}
  };
  const other = withinWrappers(wrapped, () => ({ conversation: 'new' }));
  expect([unwrappedContent(other), Object.keys(other as object)]).toEqual([{ conversation: 'new' }, Object.keys(wrapped)]);
  expect(contentKind(wrapped)).toBe('conversation');
  expect(contentKind({ protocolMessage: {} })).toBeNull();
});

test('only the beginning of a large text is shown', () => {
  const conversation = { $large: { media: 'media_1', form: 'text', bytes: 900_000, sha256: 'x', preview: 'It begins' } };
  expect(contentText({ conversation })).toBe('It begins');
  expect(contentWords({ conversation })).toEqual(['It begins']);
});
