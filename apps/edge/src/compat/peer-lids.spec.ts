import { openLids, withNumbers } from './peer-lids.policy.js';

const LID = '99@lid';
const BOB = '5511999999999@s.whatsapp.net';
const GROUP = '1@g.us';
const NUMBERS = new Map([[LID, BOB]]);

describe('people that an event names by LID alone', () => {
  it('are found in keys at any depth', () => {
    expect(openLids([{ key: { remoteJid: LID, id: 'A' }, update: { status: 4 } }])).toEqual([LID]);
    expect(openLids({ messages: [{ key: { remoteJid: GROUP, id: 'A', participant: '98:3@lid' } }], type: 'notify' })).toEqual(['98@lid']);
    const reaction = { key: { remoteJid: LID, id: 'R' }, text: 'x' };
    expect(openLids([{ key: { remoteJid: LID, id: 'T' }, reaction }])).toEqual([LID]);
  });

  it('exclude LIDs with a number, and LIDs in contents', () => {
    expect(
      openLids([{ key: { remoteJid: LID, id: 'A', remoteJidAlt: BOB } }, { key: { remoteJid: BOB, id: 'B', participant: '' } }])
    ).toEqual([]);
    const content = { extendedTextMessage: { contextInfo: { key: { remoteJid: LID, id: 'Q' } } } };
    expect(openLids({ messages: [{ key: { remoteJid: BOB, id: 'A' }, message: content }] })).toEqual([]);
    for (const data of [null, 'x', 5, {}, [], { key: null }]) expect(openLids(data)).toEqual([]);
  });

  it('get their number in addition, and nothing else changes', () => {
    const update = { key: { remoteJid: LID, id: 'A', fromMe: true }, update: { status: 4 } };
    expect(withNumbers([update], NUMBERS)).toEqual([{ ...update, key: { ...update.key, remoteJidAlt: BOB } }]);
    const group = { key: { remoteJid: GROUP, id: 'A', participant: LID } };
    expect(withNumbers([group], NUMBERS)).toEqual([{ key: { ...group.key, participantAlt: BOB } }]);
    expect(withNumbers([update], new Map())).toEqual([update]);
  });
});
