import { COMMAND_CATALOG, parseCommandArguments, WabusError, type CommandName } from '@wabus/contracts';
import { commandSchemas, exampleOf, exampleOfForm, schemaFields, type JsonSchema } from '@wabus/contracts/docs';

/** Values that are invalid nearly everywhere. */
export const WORST: readonly unknown[] = [
  null,
  '',
  'x',
  '\ud800',
  0,
  -1,
  1e308,
  true,
  [],
  {},
  [[]],
  [{}],
  [null],
  { x: null },
  'x'.repeat(70_000),
  JSON.parse('{"__proto__": {"polluted": true}}')
];

/** Yields copies of a value in which one part, at any depth, is replaced or missing. */
export function* mutations(value: unknown): Generator<unknown> {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, part] of Object.entries(value)) {
    const withPart = (other: unknown): unknown =>
      Array.isArray(value) ? (value as unknown[]).map((item, i) => (String(i) === name ? other : item)) : { ...value, [name]: other };
    for (const other of [undefined, ...WORST]) yield withPart(other);
    for (const other of mutations(part)) yield withPart(other);
  }
}

/** One call of a command. */
export interface Call {
  readonly method: CommandName;
  /** The path of the wrong value in the arguments. */
  readonly path: string;
  readonly args: unknown;
}

/** Existing counterparts of the ids in the documents' examples, so that calls get as far as possible. */
export interface Present {
  readonly person: string;
  readonly group: string;
  readonly media: string;
}

/** A position in the arguments of a command, with a function that returns otherwise valid arguments with a value there. */
interface Place {
  readonly path: string;
  readonly withValue: (value: unknown) => unknown;
}

interface FieldSchema {
  readonly $ref?: string;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
}

/**
 * Returns calls of every command of the catalog with a wrong value at one position of otherwise valid arguments, at any depth. The calls that pass
 * the checks of the catalog are all included; of the others, one for each position, because the same check refuses them all.
 */
export function worstCalls(present: Present): Call[] {
  return (Object.keys(COMMAND_CATALOG) as CommandName[]).flatMap(method => {
    const { name } = COMMAND_CATALOG[method].request;
    const root: Place = { path: '', withValue: value => value };
    const places = [root, { path: 'unknown', withValue: (value: unknown) => ({ ...exampleOf(method), unknown: value }) }];
    places.push(...placesIn(commandSchemas()[name]!, exampleOf(method), root));
    return places.flatMap(({ path, withValue }, i) => {
      const calls = WORST.map(value => ({ method, path, args: made(withValue(value), present) }));
      const refused = calls.filter(call => !isTaken(call));
      const one = refused[i % Math.max(refused.length, 1)];
      return [...calls.filter(call => !refused.includes(call)), ...(one ? [one] : [])];
    });
  });
}

/** Returns whether the catalog accepts the arguments. Rethrows every error that is not a refusal. */
function isTaken({ method, args }: Call): boolean {
  try {
    parseCommandArguments(method, args);
    return true;
  } catch (thrown) {
    if (thrown instanceof WabusError && thrown.code !== 'INTERNAL') return false;
    throw thrown;
  }
}

function placesIn(schema: JsonSchema, right: object, at: Place): Place[] {
  return Object.entries(schemaFields(schema)).flatMap(([name, field]) => {
    const { items, anyOf = [] }: FieldSchema = field;
    const here: Place = {
      path: at.path === '' ? name : `${at.path}.${name}`,
      withValue: value => at.withValue({ ...right, [name]: value })
    };
    const inside = [field, ...anyOf].flatMap(one => placesInside(one, here));
    if (items === undefined) return [here, ...inside];
    const item: Place = { path: `${here.path}.0`, withValue: value => here.withValue([value]) };
    return [here, ...inside, item, ...placesInside(items, item)];
  });
}

function placesInside(schema: JsonSchema, at: Place): Place[] {
  const name = (schema as FieldSchema).$ref?.split('/').at(-1);
  if (name === undefined) return placesIn(schema, { tag: 'iq', attrs: {} }, at);
  // Exactly one source of a file is permitted.
  return placesIn(commandSchemas()[name]!, name.endsWith('Source') ? {} : exampleOfForm({ name }), at);
}

/** Replaces the ids in the documents' examples with existing ones; no URL leads away from this machine. */
export function made(args: unknown, { person, group, media }: Present): unknown {
  return JSON.parse(
    JSON.stringify(args)
      .replaceAll('4915112345678@s.whatsapp.net', person)
      .replaceAll('120363041234567890@g.us', group)
      .replaceAll(/\{"url":"https:\/\/example\.com\/\w+\.jpg"\}/g, JSON.stringify({ media }))
      .replaceAll('https://example.com', 'https://127.0.0.1')
  );
}

const key = { remoteJid: '4915112345678@s.whatsapp.net', id: '3EB0C431C26A1916E07A', fromMe: false };
const bytes = { type: 'Buffer', data: 'AAECAwQFBgcICQoLDA0ODw==' };
const file = {
  url: 'https://mmg.whatsapp.net/x',
  directPath: '/x',
  mediaKey: bytes,
  fileSha256: bytes,
  fileEncSha256: bytes,
  mimetype: 'x/y'
};
/** A message with a file that no longer exists. */
export const FILE_MESSAGE = { key, message: { documentMessage: file } };
const stanza = { tag: 'biz', attrs: { a: 'b' }, content: [{ tag: 'x', attrs: {} }] };
const options = {
  additionalNodes: [stanza],
  additionalAttributes: { a: 'b' },
  statusJidList: [key.remoteJid],
  useCachedGroupMetadata: true
};
const content = {
  extendedTextMessage: { text: 'x', contextInfo: { mentionedJid: [key.remoteJid], quotedMessage: { conversation: 'y' } } }
};

/** Arguments with free-form objects, whose contents no schema describes. */
export const FREE_ARGUMENTS: readonly (readonly [method: CommandName, args: unknown])[] = [
  ['relayMessage', { jid: key.remoteJid, message: content, options }],
  ['relayMessage', { jid: key.remoteJid, message: { conversation: 'x' }, options: { participant: { jid: key.remoteJid, count: 1 } } }],
  ['updateMediaMessage', { message: FILE_MESSAGE }],
  ['downloadMedia', { message: FILE_MESSAGE }],
  [
    'sendMessage',
    {
      jid: key.remoteJid,
      content: { text: 'x', contextInfo: content.extendedTextMessage.contextInfo },
      options: { quoted: { key, message: content } }
    }
  ]
];
