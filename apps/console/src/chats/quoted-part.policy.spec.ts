import type { StoredMessageView } from '@wabus/contracts';
import { isEditable, isVoice, commandKeyOf, linkOf, quotedOf, thumbnailOf } from './quoted-part.policy.js';

const view = (change: Partial<StoredMessageView> = {}): StoredMessageView => ({
  ...{ chat: 'c@g.us', id: 'A', fromMe: true, participant: null, timestamp: 1_000, text: 'hello', editedAt: null, revokedAt: null },
  ...{ reactions: [], receipts: [], poll: null, labels: [], message: { message: { conversation: 'hello' } } },
  ...change
});

describe('the parts of a message besides its text', () => {
  it('include the quoted message', () => {
    const contextInfo = { stanzaId: 'Q', participant: '1@lid', quotedMessage: { imageMessage: { caption: 'the label', url: 'x' } } };
    expect(quotedOf({ message: { extendedTextMessage: { text: 'yes', contextInfo } } })).toEqual({
      id: 'Q',
      author: '1@lid',
      text: 'the label',
      kind: 'image'
    });
    expect(quotedOf({ message: { extendedTextMessage: { text: 'yes', contextInfo: { mentionedJid: [] } } } })).toBeNull();
    expect(quotedOf({ message: { conversation: 'yes' } })).toBeNull();
  });

  it('include the preview of a web link only', () => {
    const link = { text: 'see', matchedText: 'https://a.example/x', title: 'A', jpegThumbnail: { type: 'Buffer', data: '/9j/4A==' } };
    expect(linkOf({ message: { extendedTextMessage: link } })).toEqual({
      url: 'https://a.example/x',
      title: 'A',
      description: null,
      picture: 'data:image/jpeg;base64,/9j/4A=='
    });
    expect(linkOf({ message: { extendedTextMessage: { ...link, matchedText: 'javascript:alert(1)' } } })).toBeNull();
    expect(linkOf({ message: { extendedTextMessage: { text: 'no title', matchedText: 'https://a.example' } } })).toBeNull();
  });

  it('include a thumbnail, and whether audio is a voice message', () => {
    expect(thumbnailOf({ message: { imageMessage: { url: 'x', jpegThumbnail: '/9j/4A==' } } })).toBe('data:image/jpeg;base64,/9j/4A==');
    expect(thumbnailOf({ message: { imageMessage: { url: 'x', jpegThumbnail: '"><script>' } } })).toBeNull();
    expect(isVoice({ message: { audioMessage: { url: 'x', ptt: true } } })).toBe(true);
    expect(isVoice({ message: { audioMessage: { url: 'x' } } })).toBe(false);
  });

  it('include the author in the key of a group message', () => {
    expect(commandKeyOf(view())).toEqual({ remoteJid: 'c@g.us', id: 'A', fromMe: true });
    expect(commandKeyOf(view({ fromMe: false, participant: '1@lid' }))).toMatchObject({ participant: '1@lid' });
  });

  it.each<[string, Partial<StoredMessageView>, number, boolean]>([
    ['an own text, ten minutes old', {}, 600, true],
    ['an own text, twenty minutes old', {}, 1_200, false],
    ['a text of another sender', { fromMe: false }, 60, false],
    ['a deleted message', { revokedAt: '2026-01-01T00:00:00Z' }, 60, false],
    ['a picture', { message: { message: { imageMessage: { url: 'x', caption: 'hello' } } } }, 60, false]
  ])('%s: editable or not', (_, change, ageSeconds, editable) => {
    expect(isEditable(view(change), (1_000 + ageSeconds) * 1_000)).toBe(editable);
  });
});
