import type { WabusError } from '../errors/wabus-error.js';
import { parseCommandArguments } from './command-arguments.policy.js';
import { REQUEST_FIELDS, type Field } from '../fields/request-fields.fixture.js';

const PERSON = '4915112345678@s.whatsapp.net';
const LID = '123456789012345@lid';
const GROUP = '120363041234567890@g.us';
const CHANNEL = '120363023123456789@newsletter';
const PHONES = ['4915112345678', '+4915112345678', '+49 1511 2345678', '+49 (1511) 234-5678'];
const EVERYBODY = [PERSON, '4915112345678@c.us', LID, ...PHONES];

type Kind = 'anybody' | 'person' | 'group' | 'channel';
const TAKEN: Record<Kind, string[]> = { anybody: [...EVERYBODY, GROUP, CHANNEL], person: EVERYBODY, group: [GROUP], channel: [CHANNEL] };
const REFUSED: Record<Kind, string[]> = {
  anybody: ['bob', '@lid', '12', 'a@b.c', '/etc/passwd'],
  person: ['bob', GROUP, CHANNEL],
  group: ['bob', PERSON, LID, CHANNEL, ...PHONES],
  channel: ['bob', PERSON, LID, GROUP, ...PHONES]
};

/** Returns the kind of jid that a field accepts according to its validators; `null` if it is not a field for jids. */
function kindOf({ messages }: Field): Kind | null {
  const said = messages.join(' ');
  if (said.includes('jid of a group')) return 'group';
  if (said.includes('jid of a channel')) return 'channel';
  if (said.includes('jid of a person')) return 'person';
  return said.includes('a jid') ? 'anybody' : null;
}

const fields = REQUEST_FIELDS.flatMap(each => {
  const kind = kindOf(each.field);
  return kind === null ? [] : [{ ...each, kind }];
});

/** Returns the problems of a value in this field; `null` if there are none. Other fields may be missing. */
function wrong({ method, field }: (typeof fields)[number], value: string): string[] | null {
  const path = field.path.join('.');
  try {
    parseCommandArguments(method, field.args(field.rules.has('isArray') ? [value] : value));
    return null;
  } catch (thrown) {
    const { fields } = (thrown as WabusError).details as { fields: Record<string, string[]> };
    return fields[path] ?? null;
  }
}

/** Fields that have a jid in their name, but contain a word about it or a text. */
const NO_JIDS = /Username$|^newsletterMetadata\.type$/;

test('a field named jid, participant or caller accepts jids', () => {
  const names = REQUEST_FIELDS.map(({ name }) => name).filter(name =>
    /(jids?|jidlist|jidalt|participants?|participantalt|callfrom|mentions)(\.0)?$/i.test(name)
  );
  const known = new Set(fields.map(({ name }) => name));
  expect(names.length).toBeGreaterThan(100);
  expect(names.filter(name => !known.has(name) && !NO_JIDS.test(name))).toEqual([]);
});

test.each(fields)('$name accepts a $kind as jid, LID or phone number', field => {
  expect(TAKEN[field.kind].filter(value => (wrong(field, value) ?? []).some(message => message.includes('jid')))).toEqual([]);
  expect(REFUSED[field.kind].filter(value => wrong(field, value) === null)).toEqual([]);
});

test('a typed phone number becomes a jid', () => {
  for (const phone of PHONES) {
    expect(parseCommandArguments('updateBlockStatus', { jid: phone, action: 'block' })).toMatchObject({ jid: PERSON });
    expect(parseCommandArguments('fetchStatus', { jids: [phone, LID] })).toMatchObject({ jids: [PERSON, LID] });
    expect(parseCommandArguments('readMessages', { keys: [{ remoteJid: phone, id: 'A', participant: phone }] })).toMatchObject({
      keys: [{ remoteJid: PERSON, participant: PERSON }]
    });
  }
});
