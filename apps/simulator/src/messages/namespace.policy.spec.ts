import { directRefusal, statusRefusal } from './namespace.policy.js';

const PN = '1555@s.whatsapp.net';
const LID = '9555@lid';
const OWN_PN = '1666:2@s.whatsapp.net';
const OWN_LID = '9666:2@lid';

describe('a direct message', () => {
  test.each([
    ['lid', LID, [LID, OWN_LID], null],
    ['lid', LID, [], null],
    ['lid', PN, [PN, OWN_PN], 463],
    ['lid', PN, [], 463],
    ['lid', LID, [LID, OWN_PN], 400],
    ['lid', PN, [LID, OWN_PN], 400],
    ['pn', PN, [PN, OWN_PN], null],
    ['pn', PN, [], null],
    ['pn', LID, [LID, OWN_LID], 400],
    ['pn', PN, [PN, OWN_LID], 400],
    ['lid', '1203@g.us', [PN], null],
    ['pn', 'status@broadcast', [LID], null]
  ] as const)('account %s, to %s, participants %j: %j', (namespace, to, participants, error) => {
    expect(directRefusal(namespace, { to, participants, peer: false })).toBe(error);
  });

  test('to the own devices keeps using the number', () => {
    expect(directRefusal('lid', { to: PN, participants: [], peer: true })).toBeNull();
  });
});

describe('a status post', () => {
  const post = { participants: [LID], addressingMode: false, audience: true, followUp: false };

  test.each([
    ['lid', {}, null],
    ['lid', { audience: false }, null],
    ['lid', { participants: [LID, OWN_PN] }, 479],
    ['pn', { participants: [PN] }, null],
    ['lid', { addressingMode: true }, 479],
    ['pn', { addressingMode: true }, 479],
    ['lid', { followUp: true }, 479],
    ['lid', { followUp: true, audience: false }, null]
  ] as const)('account %s with %j: %j', (namespace, changes, error) => {
    expect(statusRefusal(namespace, { ...post, ...changes })).toBe(error);
  });
});
