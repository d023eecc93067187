import { attachmentContent, contentFieldOf, hasLink, voiceContent } from './attachment.policy.js';

describe('a file in a message', () => {
  it.each([
    ['image/png', 'image'],
    ['image/svg+xml', 'document'],
    ['video/mp4', 'video'],
    ['audio/ogg', 'audio'],
    ['application/pdf', 'document'],
    ['', 'document']
  ])('of type %j goes as %s', (mimetype, field) => {
    expect(contentFieldOf(mimetype)).toBe(field);
  });

  it('has a caption if WhatsApp allows one, a document also a name', () => {
    const names = { fileName: 'a.pdf', caption: 'read it' };
    expect(attachmentContent({ media: 'media_1', mimetype: 'image/png' }, names)).toEqual({
      image: { media: 'media_1' },
      caption: 'read it'
    });
    expect(attachmentContent({ media: 'media_1', mimetype: 'application/pdf' }, names)).toEqual({
      document: { media: 'media_1' },
      mimetype: 'application/pdf',
      fileName: 'a.pdf',
      caption: 'read it'
    });
    expect(attachmentContent({ media: 'media_1', mimetype: 'audio/ogg' }, names)).toEqual({
      audio: { media: 'media_1' },
      mimetype: 'audio/ogg'
    });
  });
});

it('converts a voice message that phones would not play', () => {
  const file = { media: 'media_1', mimetype: 'audio/ogg; codecs=opus' };
  expect(voiceContent(file, { seconds: 4, convert: false })).toEqual({
    audio: { media: 'media_1' },
    ptt: true,
    mimetype: file.mimetype,
    seconds: 4
  });
  expect(voiceContent(file, { seconds: 4, convert: true })).toEqual({ audio: { media: 'media_1' }, ptt: true, convert: true });
});

it.each([
  ['see https://a.example/x', true],
  ['HTTP://A.EXAMPLE', true],
  ['mail a@b.example', false],
  ['https://', false]
])('requests a preview if the text contains a link: %j', (text, link) => {
  expect(hasLink(text)).toBe(link);
});
