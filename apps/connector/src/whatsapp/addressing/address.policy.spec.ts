import { ADDRESSINGS } from '@wabus/contracts';
import { addressOf, namespaceOf, type Namespace } from './address.policy.js';

const PN = '15550000001@s.whatsapp.net';
const LID = '900015550000001@lid';
const NEW_LID = '800015550000001@lid';
const NAMESPACES: readonly Namespace[] = ['lid', 'pn'];

test.each([
  ['auto', true, 'lid'],
  ['auto', false, 'pn'],
  ['lid', true, 'lid'],
  ['lid', false, 'lid'],
  ['pn', true, 'pn'],
  ['pn', false, 'pn']
] as const)('setting %s, account migrated %s: by %s', (addressing, migrated, namespace) => {
  expect(namespaceOf(addressing, migrated)).toBe(namespace);
});

test('the settings are auto, lid and pn', () => expect(ADDRESSINGS).toEqual(['auto', 'lid', 'pn']));

describe('an address by account × jid given × other jid known', () => {
  test.each([
    ['lid', LID, PN, { kind: 'known', jid: LID, other: PN }],
    ['lid', LID, null, { kind: 'known', jid: LID, other: null }],
    ['lid', PN, LID, { kind: 'known', jid: LID, other: PN }],
    ['lid', PN, null, { kind: 'missing', namespace: 'lid' }],
    ['pn', PN, LID, { kind: 'known', jid: PN, other: LID }],
    ['pn', PN, null, { kind: 'known', jid: PN, other: null }],
    ['pn', LID, PN, { kind: 'known', jid: PN, other: LID }],
    ['pn', LID, null, { kind: 'missing', namespace: 'pn' }]
  ] as const)('%s × %s × %s', (namespace, given, other, address) => {
    const givenAs = given === LID ? 'lid' : 'pn';
    expect(addressOf(namespace, { given, givenAs, other, currentLid: null })).toEqual(address);
    // The outcome is the same if the number still has this LID.
    expect(addressOf(namespace, { given, givenAs, other, currentLid: LID })).toEqual(address);
  });

  test.each(NAMESPACES)('a LID is refused if its number has a new LID: %s', namespace => {
    expect(addressOf(namespace, { given: LID, givenAs: 'lid', other: PN, currentLid: NEW_LID })).toEqual({ kind: 'replaced', by: NEW_LID });
  });

  test.each(NAMESPACES)('a number is accepted if it has a new LID: %s', namespace => {
    expect(addressOf(namespace, { given: PN, givenAs: 'pn', other: NEW_LID, currentLid: NEW_LID }).kind).toBe('known');
  });
});
