// @ts-check

/** @typedef {any} Json */

const MAX_EXAMPLE_LINES = 40;

/** Formats a table cell: one line, with bars escaped. @param {unknown} text */
const cell = text =>
  String(text ?? '')
    .replaceAll('\n', ' ')
    .replaceAll('|', '\\|');
/** @param {string[]} head @param {string[][]} rows */
const table = (head, rows) => ['', ...[head, head.map(() => '---'), ...rows].map(row => `| ${row.join(' | ')} |`), ''].join('\n');
/** @param {string} ref */
const nameOf = ref => ref.split('/').at(-1) ?? '';

/** Describes a type in a few words, with links to schemas. @param {Json} schema @returns {string} */
function typeOf(schema) {
  if (schema === undefined || typeof schema === 'boolean') return 'any';
  if (schema.$ref) return `[${nameOf(schema.$ref)}](#schema-${nameOf(schema.$ref).toLowerCase()})`;
  if (schema.enum) return schema.enum.map((/** @type {unknown} */ value) => `\`${JSON.stringify(value)}\``).join(' or ');
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  for (const kind of ['oneOf', 'anyOf', 'allOf'])
    if (schema[kind]) return [...new Set(schema[kind].map(typeOf))].join(kind === 'allOf' ? ' and ' : ' or ');
  if (schema.type === 'array') return `list of ${typeOf(schema.items)}`;
  return Array.isArray(schema.type) ? schema.type.join(' or ') : (schema.type ?? 'any');
}

/** @param {Json} schema */
function fieldsOf(schema) {
  const rows = Object.entries(schema?.properties ?? {}).map(([name, field]) => [
    `\`${name}\`${schema.required?.includes(name) ? '' : ' (optional)'}`,
    cell(typeOf(field)),
    cell(field.description)
  ]);
  return rows.length === 0 ? `\nType: ${typeOf(schema)}.\n` : table(['Field', 'Type', 'Meaning'], rows);
}

/** @param {Json} example */
function exampleOf(example) {
  const lines = JSON.stringify(example, null, 2).split('\n');
  const shown = lines.length > MAX_EXAMPLE_LINES ? [...lines.slice(0, MAX_EXAMPLE_LINES), '…'] : lines;
  return ['', 'Example:', '', '````', ...shown, '````', ''].join('\n');
}

/** @param {[name: string, message: Json]} entry */
function messageSection([name, { summary, headers, payload, examples }]) {
  return [
    `### \`${name}\``,
    '',
    summary ?? '',
    '',
    headers?.properties
      ? `Headers: ${Object.keys(headers.properties)
          .map(header => `\`${header}\``)
          .join(', ')}.`
      : '',
    payload?.description ? `\n${payload.description}\n` : '',
    payload === undefined ? '' : fieldsOf(payload),
    ...(examples ?? []).map((/** @type {Json} */ { payload: example }) => exampleOf(example))
  ].join('\n');
}

/**
 * Formats the AsyncAPI document as a readable page.
 * @param {Json} document
 */
export function asyncApiPage({ info, servers, channels, operations, components }) {
  const address = (/** @type {string} */ ref) => channels[nameOf(ref)]?.address ?? nameOf(ref);
  return [
    '# AsyncAPI',
    '',
    `${info.description} Version ${info.version}. Programs take [the document itself](./asyncapi.json){target="_self"}.`,
    '',
    '## Servers',
    ...Object.entries(servers).map(
      ([name, { host, pathname = '', protocol, description }]) => `\n**${name}**: \`${protocol}://${host}${pathname}\`. ${description}`
    ),
    '',
    '## Operations',
    table(
      ['Operation', 'Address', 'Meaning'],
      Object.entries(operations).map(([name, { channel, summary }]) => [
        `\`${cell(name)}\``,
        `\`${cell(address(channel.$ref))}\``,
        cell(summary)
      ])
    ),
    '## Addresses',
    table(
      ['Address', 'Meaning'],
      Object.values(channels).map((/** @type {Json} */ { address: at, description }) => [`\`${cell(at)}\``, cell(description)])
    ),
    '## Messages',
    '',
    ...Object.entries(components.messages).map(messageSection),
    '## Schemas',
    '',
    ...Object.entries(components.schemas).map(([name, schema]) => `### Schema ${name}\n\n${schema.description ?? ''}\n${fieldsOf(schema)}`)
  ].join('\n');
}
