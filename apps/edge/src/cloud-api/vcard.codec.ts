import { field, isObject, objectsIn, textOf } from '../read-models/projection/payload.codec.js';

type Json = Readonly<Record<string, unknown>>;

const LINE = '\r\n';
const NAME_PARTS = ['last_name', 'first_name', 'middle_name', 'prefix', 'suffix'] as const;
const ADDRESS_PARTS = ['street', 'city', 'state', 'zip', 'country'] as const;

const escaped = (text: string): string =>
  text
    .replace(/\\/g, '\\\\')
    .replace(/\r\n?|\n/g, '\\n')
    .replace(/([,;])/g, '\\$1');
const unescaped = (text: string): string => text.replace(/\\([\\,;nN])/g, (_, sign: string) => (/n/i.test(sign) ? '\n' : sign));
const typed = (name: string, type: string | null, more = ''): string =>
  `${name}${type === null ? '' : `;type=${type.toUpperCase().replace(/[^A-Z-]/g, '')}`}${more}`;

/** Returns the vCard of a contact in Meta's format, or `null` if the contact has no name. */
export function vcardOf(contact: unknown): { displayName: string; vcard: string } | null {
  const name = field(contact, 'name');
  const displayName = textOf(name, 'formatted_name') ?? textOf(name, 'first_name');
  if (displayName === null) return null;
  const parts = NAME_PARTS.map(part => escaped(textOf(name, part) ?? '')).join(';');
  const org = field(contact, 'org');
  const company = [textOf(org, 'company'), textOf(org, 'department')].filter(text => text !== null).map(escaped);
  const valued = (text: string | null, head: string): string[] => (text === null ? [] : [`${head}:${escaped(text)}`]);
  const lines = [
    'BEGIN:VCARD',
    'VERSION:3.0',
    `FN:${escaped(displayName)}`,
    `N:${parts}`,
    ...(company.length > 0 ? [`ORG:${company.join(';')}`] : []),
    ...valued(textOf(org, 'title'), 'TITLE'),
    ...valued(textOf(contact, 'birthday'), 'BDAY'),
    ...objectsIn(field(contact, 'phones')).flatMap(phoneLine),
    ...objectsIn(field(contact, 'emails')).flatMap(one => valued(textOf(one, 'email'), typed('EMAIL', textOf(one, 'type')))),
    ...objectsIn(field(contact, 'urls')).flatMap(one => valued(textOf(one, 'url'), typed('URL', textOf(one, 'type')))),
    ...objectsIn(field(contact, 'addresses')).map(
      one => `${typed('ADR', textOf(one, 'type'))}:;;${ADDRESS_PARTS.map(part => escaped(textOf(one, part) ?? '')).join(';')}`
    ),
    'END:VCARD'
  ];
  return { displayName, vcard: lines.join(LINE) };
}

function phoneLine(phone: Json): string[] {
  const said = textOf(phone, 'phone');
  const account = (textOf(phone, 'wa_id') ?? said ?? '').replace(/\D/g, '');
  if (account === '') return [];
  return [`${typed('TEL', textOf(phone, 'type'), `;waid=${account}`)}:${escaped(said ?? `+${account}`)}`];
}

interface CardLine {
  readonly name: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly values: readonly string[];
}

/** Returns a contact in Meta's format, as far as a vCard describes it. */
export function contactOfVcard(vcard: string, displayName: string | null): Json {
  const lines = cardLines(vcard);
  const of = (name: string): CardLine[] => lines.filter(line => line.name === name);
  const first = (name: string): readonly string[] => of(name)[0]?.values ?? [];
  const named = (names: readonly string[], values: readonly string[]): Json =>
    Object.fromEntries(names.flatMap((name, i) => (values[i] ? [[name, values[i]]] : [])));
  const type = ({ parameters }: CardLine): Json => (parameters['type'] ? { type: parameters['type'].toUpperCase() } : {});
  const name = named(NAME_PARTS, first('N'));
  const formatted = first('FN').join(' ') || displayName || Object.values(name).join(' ') || 'Contact';
  const [company, department] = first('ORG');
  const org = {
    ...(company ? { company } : {}),
    ...(department ? { department } : {}),
    ...(first('TITLE')[0] ? { title: first('TITLE')[0] } : {})
  };
  const listed = (key: string, list: readonly Json[]): Json => (list.length > 0 ? { [key]: list } : {});
  return {
    name: { formatted_name: formatted, ...name },
    ...listed(
      'phones',
      of('TEL').map(line => ({
        phone: line.values.join(''),
        ...(line.parameters['waid'] ? { wa_id: line.parameters['waid'] } : {}),
        ...type(line)
      }))
    ),
    ...listed(
      'emails',
      of('EMAIL').map(line => ({ email: line.values.join(''), ...type(line) }))
    ),
    ...listed(
      'urls',
      of('URL').map(line => ({ url: line.values.join(''), ...type(line) }))
    ),
    ...listed(
      'addresses',
      of('ADR').map(line => ({ ...named(ADDRESS_PARTS, line.values.slice(2)), ...type(line) }))
    ),
    ...(Object.keys(org).length > 0 ? { org } : {}),
    ...(first('BDAY')[0] ? { birthday: first('BDAY')[0] } : {})
  };
}

function cardLines(vcard: string): CardLine[] {
  return vcard
    .replace(/(?:\r\n?|\n)[ \t]/g, '')
    .split(/\r\n?|\n/)
    .flatMap(line => {
      const colon = line.indexOf(':');
      if (colon < 0) return [];
      const [head = '', ...parameters] = line.slice(0, colon).split(';');
      const said = parameters.map(parameter => {
        const [key = '', ...value] = parameter.split('=');
        // In vCard 2.1, a type stands alone.
        return value.length === 0 ? ['type', key] : [key.toLowerCase(), value.join('=').split(',')[0]!];
      });
      const values = line
        .slice(colon + 1)
        .split(/(?<!\\);/)
        .map(unescaped);
      return [{ name: head.replace(/^.*\./, '').toUpperCase(), parameters: Object.fromEntries(said) as Record<string, string>, values }];
    });
}

/** Returns the contacts of a message that contains one contact or a list. */
export function contactsOf(content: unknown): Json[] {
  const cards = isObject(field(content, 'contactMessage'))
    ? [field(content, 'contactMessage')]
    : objectsIn(field(field(content, 'contactsArrayMessage'), 'contacts'));
  return cards.map(card => contactOfVcard(textOf(card, 'vcard') ?? '', textOf(card, 'displayName')));
}
