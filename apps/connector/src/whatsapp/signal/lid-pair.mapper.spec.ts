import { basePair, hostedAs, plainJid } from './lid-pair.mapper.js';

test.each([
  ['1:99@hosted', '1@s.whatsapp.net'],
  ['2:99@hosted.lid', '2@lid'],
  ['1:3@s.whatsapp.net', '1@s.whatsapp.net'],
  ['2@lid', '2@lid']
])('the account of %s is %s', (jid, account) => {
  expect(plainJid(jid)).toBe(account);
});

test('a pair is stored by account, with either side first', () => {
  const pair = { lid: '2@lid', pn: '1@s.whatsapp.net' };
  expect(basePair({ lid: '2:99@hosted.lid', pn: '1:99@hosted' })).toEqual(pair);
  expect(basePair({ lid: pair.pn, pn: pair.lid })).toEqual(pair);
});

test('a hosted device has the number of its account', () => {
  expect(hostedAs('2:99@hosted.lid', '1:0@s.whatsapp.net')).toBe('1:99@hosted');
});
