import { EventEmitter } from 'node:events';
import type { BinaryNode } from '@whiskeysockets/baileys';
import { pino } from 'pino';
import { learnNamedPairs } from './named-pairs.listener.js';
import { pairsIn } from './named-pairs.reader.js';

const LID = '900004915550001@lid';
const PN = '4915550001@s.whatsapp.net';
const GROUP = '120363000000000001@g.us';
const pair = { lid: LID, pn: PN };
const node = (tag: string, attrs: Record<string, string>, content?: BinaryNode[]): BinaryNode => ({
  tag,
  attrs,
  ...(content ? { content } : {})
});
const member = node('participant', { jid: LID, phone_number: PN });

test.each<[string, BinaryNode]>([
  ['a member in group metadata', node('iq', { from: GROUP }, [node('group', {}, [member])])],
  ['a member in the list of all groups', node('iq', {}, [node('groups', {}, [node('group', {}, [member])])])],
  ['a member that is added', node('notification', { from: GROUP, type: 'w:gp2' }, [node('add', {}, [member])])],
  ['the author of a group change', node('notification', { from: GROUP, participant: LID, participant_pn: PN }, [node('subject', {})])],
  ['the creator of a group', node('iq', {}, [node('group', { creator: LID, creator_pn: PN })])],
  ['the author of a subject', node('iq', {}, [node('group', { s_o: LID, s_o_pn: PN })])],
  ['the author of a description', node('iq', {}, [node('group', {}, [node('description', { participant: LID, participant_pn: PN })])])],
  ['a caller', node('call', { from: LID }, [node('offer', { 'call-creator': LID, caller_pn: PN })])],
  ['a reader', node('receipt', { from: LID, sender_pn: PN })],
  ['a reader in a group', node('receipt', { from: GROUP, participant: PN, participant_lid: LID })],
  ['a blocked contact', node('iq', {}, [node('list', {}, [node('item', { jid: LID, pn_jid: PN })])])],
  ['a device', node('receipt', { from: LID.replace('@', ':7@'), sender_pn: PN })]
])('%s names both jids', (_, stanza) => expect(pairsIn(stanza)).toEqual([pair]));

test('a single jid or two jids of one kind are not a pair', () => {
  expect(pairsIn(node('iq', {}, [node('participant', { jid: LID }), node('participant', { jid: PN, phone_number: PN })]))).toEqual([]);
  expect(pairsIn(node('receipt', { from: GROUP, participant: LID, sender_pn: PN }))).toEqual([]);
});

test('new pairs are added to the map once an hour', async () => {
  const stanzas = new EventEmitter();
  const added: object[] = [];
  const add = (pairs: object[]): Promise<void> => Promise.resolve(void added.push(...pairs));
  const known = { lid: '9@lid', pn: '4@s.whatsapp.net' };
  const otherOf = (jid: string): string | null => (jid === known.pn ? known.lid : null);
  const replace = (): Promise<void> => Promise.resolve();
  learnNamedPairs({ stanzas, map: () => ({ add, replace }), otherOf, logger: pino({ level: 'silent' }) });
  const call = node('call', { from: LID }, [node('offer', { 'call-creator': LID, caller_pn: PN })]);
  const message = node('message', { from: '8@lid', sender_pn: '7@s.whatsapp.net' });
  for (const stanza of [call, call, message, node('receipt', { from: known.lid, sender_pn: known.pn }), Buffer.alloc(1)])
    stanzas.emit('frame', stanza);
  await new Promise(resolve => setImmediate(resolve));
  expect(added).toEqual([pair]);
});
