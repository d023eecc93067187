import type { WabusError } from '../errors/wabus-error.js';
import { parseCommandArguments } from './command-arguments.policy.js';
import { COMMAND_CATALOG, type CommandName } from './command-catalog.js';
import type { CommandRow } from './command-row.js';
import { FIELDS, FREE, notRefused, type Field } from '../fields/request-fields.fixture.js';

const MEGABYTE = 2 ** 20;

const nested = (open: string, close: string, depth: number): unknown => JSON.parse(`${open.repeat(depth)}1${close.repeat(depth)}`);

function inItself(): object {
  const object: Record<string, unknown> = {};
  object['self'] = { inner: object };
  return object;
}

function listInItself(): unknown[] {
  const list: unknown[] = [];
  list.push(list);
  return list;
}

/** Values that every field refuses, even one that accepts any object. */
const HOSTILE: readonly unknown[] = [
  JSON.parse('{"__proto__": {"polluted": true}}'),
  JSON.parse('{"constructor": {"prototype": {"polluted": true}}}'),
  [JSON.parse('{"prototype": {"polluted": true}}')],
  nested('[', ']', 10_000),
  nested('{"deep":', '}', 10_000),
  inItself(),
  listInItself(),
  Buffer.from('bytes'),
  new ArrayBuffer(8),
  { bytes: new Uint16Array(8) },
  [Buffer.alloc(MEGABYTE)],
  () => 'function',
  { toJSON: () => 'function' },
  class {},
  Symbol('symbol'),
  [10n]
];

/** Values that every field refuses unless it is in `FREE`: longer than any limit, and of no valid form. */
const TOO_LONG = [`\u0000${'x'.repeat(MEGABYTE)}`, `+${'9'.repeat(MEGABYTE)}`, `${'a.'.repeat(MEGABYTE / 2)}@s.whatsapp.net`];

/** Texts that are not the URL of a file, for any program that would open them. */
const PATHS = [
  '/etc/passwd',
  '../../etc/passwd',
  'C:\\Windows\\win.ini',
  'file:///etc/passwd',
  'FILE://localhost/etc/passwd',
  '\\\\host\\share'
];
const SCHEMES = [
  ...PATHS,
  'data:text/plain,x',
  'ftp://example.com/x',
  'javascript:alert(1)',
  'gopher://127.0.0.1/x',
  ' https://example.com/x'
];

/** Values that no field accepts as a file or as its URL. */
/** A data URL contains the file itself. */
const FOREIGN_SCHEMES = SCHEMES.filter(scheme => !scheme.startsWith('data:'));
const BAD_BYTES = [
  { url: 'data:text/plain' },
  { url: 'data:image/png;base64,*' },
  { base64: 'no base64' },
  { base64: 'aGk=', media: 'media_x' }
];

function noFiles({ rules, path }: Field): unknown[] {
  if (rules.has('oneSource'))
    return [...PATHS, ...FOREIGN_SCHEMES.map(url => ({ url })), ...BAD_BYTES, ...PATHS.map(media => ({ media })), { path: '/etc/passwd' }];
  if (rules.has('isUrl')) return SCHEMES;
  return path.at(-1) === 'url' && rules.has('matches') ? FOREIGN_SCHEMES : [];
}

afterAll(() => expect(({} as { polluted?: true }).polluted).toBeUndefined());

test.each(FIELDS)('$name refuses hostile values, and the error names it', ({ method, name, field }) => {
  const values = [...HOSTILE, ...(FREE.has(name) ? [] : TOO_LONG), ...noFiles(field)];
  expect(notRefused(method, field, values)).toEqual([]);
});

test('the fields for files are tested with bad URLs too', () => {
  const withFiles = FIELDS.filter(({ field }) => noFiles(field).length > 0).map(({ name }) => name);
  expect(withFiles).toEqual(
    expect.arrayContaining([
      'updateProfilePicture.content',
      'updateProfilePicture.content.url',
      'sendMessage.content.linkPreview.canonical-url'
    ])
  );
});

function refusalOf(method: CommandName, args: unknown): WabusError | null {
  try {
    parseCommandArguments(method, args);
    return null;
  } catch (thrown) {
    return thrown as WabusError;
  }
}

const positional = (Object.entries(COMMAND_CATALOG) as [CommandName, CommandRow][]).filter(
  ([, { parameters, pass }]) => parameters.length > 0 && pass === undefined
);

test.each(positional)('%s refuses hostile positional values and names the field', (method, { parameters }) => {
  parameters.forEach((name, place) => {
    for (const value of HOSTILE) {
      const args = Array.from({ length: place + 1 }, (_, i) => (i === place ? value : 'x'));
      const refusal = refusalOf(method, args);
      const named = Object.keys(refusal?.details?.['fields'] ?? {});
      expect({ code: refusal?.code, isNamed: named.some(each => each.split('.')[0] === name) }).toEqual({
        code: 'INVALID_ARGUMENTS',
        isNamed: true
      });
    }
  });
});

test('the error for a megabyte of input is short', () => {
  for (const args of [{ ['x'.repeat(MEGABYTE)]: 1 }, { jid: 'x'.repeat(MEGABYTE) }, { content: { ['x'.repeat(MEGABYTE)]: { deep: 1 } } }]) {
    const error = refusalOf('sendMessage', args);
    expect(error?.code).toBe('INVALID_ARGUMENTS');
    expect(JSON.stringify(error?.toBody()).length).toBeLessThan(10_000);
  }
});
