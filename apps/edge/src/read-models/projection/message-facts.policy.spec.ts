import { contentText, isTechnical } from './message-facts.policy.js';

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
  [null, null],
  [undefined, null],
  ['text', null],
  [[], null]
])('what people read of %j is %j', (content, text) => {
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
  [{}, true]
])('whether %j only changes something is %j', (content, technical) => {
  expect(isTechnical(content)).toBe(technical);
});
