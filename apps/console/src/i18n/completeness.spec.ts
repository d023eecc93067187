import { translationFaults } from './completeness.policy.js';
import { english } from './english.js';
import { german } from './german.js';
import { LANGUAGES } from './language.table.js';
import { withManyForms, type TextTable } from './plural-forms.policy.js';
import { portuguese } from './portuguese.js';
import { spanish } from './spanish.js';

/** Texts that are the same in at least one other language. */
const MAY_BE_ENGLISH = new Set<string>([
  'QR code',
  'Audio',
  'Video',
  'Link',
  'Webhooks',
  'Chats',
  'Status',
  'Sticker',
  'Token {{id}}',
  'Wabus {{version}}',
  'Wabus {{version}}.',
  'Tokens',
  'Connectors',
  'Connector',
  'Edge',
  'Edges',
  '{{count}} edge',
  '{{count}} edges',
  'Version',
  'JSON',
  'No',
  'no',
  '{{ms}} ms',
  '{{count}} s',
  'Cursor',
  'Webhook',
  'Wabus',
  'WhatsApp Cloud API',
  'WAHA',
  'Evolution API',
  'Menu',
  'Payload',
  'Broker'
]);

const TRANSLATIONS: Record<string, TextTable> = { 'pt-BR': portuguese, es: spanish, de: german };

describe('translated texts', () => {
  it('exist for every language except English', () => {
    expect(Object.keys(TRANSLATIONS)).toEqual(LANGUAGES.map(({ code }) => code).filter(code => code !== 'en'));
  });

  it.each(Object.entries(TRANSLATIONS))('are complete: %s', (_, translation) => {
    expect(translationFaults(english, translation, MAY_BE_ENGLISH)).toEqual([]);
  });

  it.each(Object.keys(TRANSLATIONS))('have the plural forms of %s', language => {
    const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
    expect(['one', 'many', 'other']).toEqual(expect.arrayContaining(pluralCategories));
  });
});

describe('the faults of a translation', () => {
  const source = {
    room: { hello: 'Hello {{name}}', count_one: '{{count}} day', count_other: '{{count}} days', code: 'In `x`' }
  };
  const good = { room: { hello: 'Hallo {{name}}', count_one: '{{count}} Tag', count_other: '{{count}} Tage', code: 'Im `x`' } };

  it('are none if it is complete', () => {
    expect(translationFaults(source, good, new Set())).toEqual([]);
  });

  it.each<[string, Record<string, string>]>([
    ['room.hello: lacks {{name}}', { hello: 'Hallo' }],
    ['room.hello: has {{nome}} in excess', { hello: 'Hallo {{name}} {{nome}}' }],
    ['room.hello: still English', { hello: 'Hello {{name}}' }],
    ['room.hello: empty', { hello: ' ' }],
    ['room.code: lacks `x`', { code: 'Im x' }],
    ['room.more: not in English', { more: 'mehr' }]
  ])('%s', (fault, change) => {
    expect(translationFaults(source, { room: { ...good.room, ...change } }, new Set())).toEqual([fault]);
  });

  it('include a missing or renamed plural form', () => {
    const { count_other, ...rest } = good.room;
    expect(translationFaults(source, { room: { ...rest, count_many: count_other } }, new Set())).toEqual([
      'room.count_other: missing',
      'room.count_many: not in English'
    ]);
  });

  it('exclude a text that is allowed to be the same', () => {
    const texts = { a: 'Audio', b: '{{one}} · {{two}}' };
    expect(translationFaults(texts, texts, new Set(['Audio']))).toEqual([]);
  });
});

it('whole millions in Spanish use the other plural form', () => {
  expect(withManyForms({ room: { days_one: 'día', days_other: 'días' } })).toEqual({
    room: { days_one: 'día', days_other: 'días', days_many: 'días' }
  });
});
