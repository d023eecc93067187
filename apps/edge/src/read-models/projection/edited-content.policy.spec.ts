import { editedContent } from './edited-content.policy.js';

const picture = { url: 'https://mmg.whatsapp.net/a', mediaKey: 'k', caption: 'old', jpegThumbnail: 't' };

it.each<[unknown, Record<string, unknown>, unknown]>([
  [{ imageMessage: picture }, { imageMessage: { caption: 'new' } }, { imageMessage: { ...picture, caption: 'new' } }],
  [{ imageMessage: picture }, { imageMessage: { caption: 'new', url: null } }, { imageMessage: { ...picture, caption: 'new' } }],
  [{ imageMessage: picture }, { imageMessage: { caption: '' } }, { imageMessage: { ...picture, caption: '' } }],
  [{ videoMessage: picture }, { conversation: 'new' }, { videoMessage: { ...picture, caption: 'new' } }],
  [{ videoMessage: picture }, { extendedTextMessage: { text: 'new' } }, { videoMessage: { ...picture, caption: 'new' } }],
  [
    { documentWithCaptionMessage: { message: { documentMessage: picture } } },
    { documentMessage: { caption: 'new' } },
    { documentWithCaptionMessage: { message: { documentMessage: { ...picture, caption: 'new' } } } }
  ],
  [
    { ephemeralMessage: { message: { imageMessage: picture } }, messageContextInfo: { a: 1 } },
    { ephemeralMessage: { message: { imageMessage: { caption: 'new' } } } },
    { ephemeralMessage: { message: { imageMessage: { ...picture, caption: 'new' } } }, messageContextInfo: { a: 1 } }
  ],
  [
    { documentMessage: picture },
    { documentWithCaptionMessage: { message: { documentMessage: { caption: 'new' } } } },
    { documentMessage: { ...picture, caption: 'new' } }
  ],
  [{ conversation: 'old' }, { conversation: 'new' }, { conversation: 'new' }],
  [{ conversation: 'old' }, { extendedTextMessage: { text: 'new' } }, { extendedTextMessage: { text: 'new' } }],
  // The preview of a removed link is dropped; the quotation remains.
  [
    { extendedTextMessage: { text: 'old', title: 'preview', contextInfo: { stanzaId: 'A' } } },
    { extendedTextMessage: { text: 'new' } },
    { extendedTextMessage: { text: 'new', contextInfo: { stanzaId: 'A' } } }
  ],
  [{ extendedTextMessage: { text: 'old' } }, { conversation: 'new' }, { conversation: 'new' }],
  [
    { extendedTextMessage: { text: 'old', contextInfo: { stanzaId: 'A' } }, messageContextInfo: {} },
    { conversation: 'new' },
    { extendedTextMessage: { text: 'new', contextInfo: { stanzaId: 'A' } }, messageContextInfo: {} }
  ],
  [{ eventMessage: { name: 'old', startTime: 7 } }, { eventMessage: { name: 'new' } }, { eventMessage: { name: 'new', startTime: 7 } }],
  [{ pollCreationMessage: { name: 'old' } }, { conversation: 'new' }, { conversation: 'new' }],
  [{ imageMessage: picture }, { videoMessage: { caption: 'new' } }, { videoMessage: { caption: 'new' } }],
  [null, { conversation: 'new' }, { conversation: 'new' }],
  [undefined, { imageMessage: { caption: 'new' } }, { imageMessage: { caption: 'new' } }],
  [{ conversation: 'old' }, {}, {}]
])('%j edited by %j is %j', (before, edit, after) => {
  expect(editedContent(before, edit)).toEqual(after);
});
