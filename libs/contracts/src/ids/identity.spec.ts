import { chatJid, chatJids, isOtherChat, isSameChat, pairOf, parseChat, type OtherJid } from './identity.js';

const PN = '4915550004@s.whatsapp.net';
const LID = '900004915550004@lid';
const GROUP = '120363000000000001@g.us';
const known: OtherJid = jid => ({ [PN]: LID, [LID]: PN })[jid];

/** All forms in which the number of one person is written. */
const NUMBERS = [
  '4915550004',
  '+49 1555 0004',
  '4915550004@c.us',
  PN,
  '4915550004:7@s.whatsapp.net',
  '4915550004_1:7@s.whatsapp.net',
  '4915550004:99@hosted'
];
const LIDS = [LID, '900004915550004:7@lid', '900004915550004:99@hosted.lid'];

test.each(NUMBERS)('%s is the number', text => {
  expect(chatJid(text)).toBe(PN);
});

test.each(LIDS)('%s is the LID', text => {
  expect(chatJid(text)).toBe(LID);
});

test.each([GROUP, 'status@broadcast', '17000000001@broadcast', '120363@newsletter', '867051314767696@bot', 'text', '', '1-2@g.us'])(
  '%j stays unchanged',
  text => {
    expect(chatJid(text)).toBe(text);
  }
);

describe('one person', () => {
  test.each(NUMBERS.flatMap(a => NUMBERS.map(b => [a, b])))('is %s and %s', (a, b) => {
    expect(isSameChat(a, b)).toBe(true);
  });

  test.each(NUMBERS.flatMap(a => LIDS.map(b => [a, b])))('is %s and %s as soon as the pair is known', (a, b) => {
    expect([isSameChat(a, b), isSameChat(b, a)]).toEqual([false, false]);
    expect([isSameChat(a, b, known), isSameChat(b, a, known)]).toEqual([true, true]);
  });

  test('is not another person', () => {
    expect(isSameChat(PN, '4915550005', known)).toBe(false);
    expect(isSameChat(GROUP, PN, known)).toBe(false);
    expect(isSameChat('900004915550004', LID, known)).toBe(false);
  });
});

describe('surely another chat', () => {
  test.each([
    [PN, '4915550005', true],
    [GROUP, PN, true],
    [GROUP, GROUP, false],
    [PN, LID, false],
    ['4915550005', LID, false]
  ])('%s and %s: %s', (a, b, other) => {
    expect(isOtherChat(a, b)).toBe(other);
  });

  test('is a jid whose counterpart is known to be another person', () => {
    expect(isOtherChat('4915550005', LID, known)).toBe(true);
  });
});

test('a person with a known counterpart has both jids', () => {
  expect(chatJids('4915550004:3@c.us', known)).toEqual([PN, LID]);
  expect(chatJids(GROUP, () => PN)).toEqual([GROUP]);
});

test.each([
  [PN, LID],
  ['900004915550004:1@lid', '4915550004:7@s.whatsapp.net']
])('a pair is %s and %s', (a, b) => {
  expect(pairOf(a, b)).toEqual({ lid: LID, pn: PN });
  expect(pairOf(a, a)).toBeNull();
  expect(pairOf(a, null)).toBeNull();
});

describe('the chat of a filter', () => {
  test.each([...NUMBERS.map(text => [text, PN]), ...LIDS.map(text => [text, LID]), [GROUP, GROUP], ['17@interop', '17@interop']])(
    '%s is %s',
    (text, jid) => {
      expect(parseChat(text)).toBe(jid);
    }
  );

  test.each(['', 'Anna', '12', '@lid', 'a b@lid', '@'])('%j is not a chat', text => {
    expect(parseChat(text)).toBeNull();
  });
});
