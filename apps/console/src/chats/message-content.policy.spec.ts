import { deliveryOf, mediaOf, messageText, otherKindOf } from './message-content.policy.js';

const of = (message: object): object => ({ key: { id: 'A' }, message });

describe('the content of a message bubble', () => {
  it.each([
    [{ conversation: 'hi' }, 'hi'],
    [{ extendedTextMessage: { text: 'long' } }, 'long'],
    [{ imageMessage: { caption: 'a cat' } }, 'a cat'],
    [{ ephemeralMessage: { message: { conversation: 'soon gone' } } }, 'soon gone'],
    [{ documentWithCaptionMessage: { message: { documentMessage: { caption: 'read it' } } } }, 'read it'],
    [{ imageMessage: {} }, null],
    [{ interactiveMessage: { body: { text: 'choose' } } }, 'choose'],
    [{ documentMessage: { fileName: 'a.pdf' } }, null],
    [{ pollCreationMessage: { name: 'lunch' } }, 'lunch']
  ])('is the text, wherever the message contains it: %j', (message, text) => {
    expect(messageText(of(message))).toBe(text);
  });

  it('is empty for a message without content', () => {
    for (const message of [null, undefined, {}, { message: null }]) {
      expect(messageText(message)).toBeNull();
      expect(mediaOf(message)).toBeNull();
      expect(otherKindOf(message)).toBeNull();
    }
  });

  it('is the file, wrapped or not', () => {
    expect(mediaOf(of({ imageMessage: { mimetype: 'image/png', fileLength: '12' } }))).toEqual({
      kind: 'image',
      mimetype: 'image/png',
      fileName: null,
      bytes: 12
    });
    expect(mediaOf(of({ viewOnceMessageV2: { message: { videoMessage: {} } } }))).toMatchObject({ kind: 'video', bytes: null });
    expect(mediaOf(of({ conversation: 'hi' }))).toBeNull();
  });

  it('is the kind of any other message', () => {
    expect(otherKindOf(of({ messageContextInfo: {}, pollCreationMessage: {} }))).toBe('pollCreationMessage');
  });

  it('shows how far the message has progressed', () => {
    expect([0, 1, 2, 3, 4, 5, 6, undefined].map(status => deliveryOf({ status }))).toEqual([
      'error',
      'pending',
      'sent',
      'delivered',
      'read',
      'played',
      null,
      null
    ]);
    expect(deliveryOf({ status: 'READ' })).toBe('read');
  });
});
