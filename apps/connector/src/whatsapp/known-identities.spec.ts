import type { JidPair } from '@wabus/contracts';
import { KnownIdentities } from './known-identities.js';

const PN = '1@s.whatsapp.net';
const LID = '9@lid';
const PAIR: JidPair = { lid: LID, pn: PN };

/** The stored mappings. */
class Keys {
  readonly records: Record<string, unknown> = {};
  reads = 0;
  get = (_type: string, ids: string[]): Promise<Record<string, unknown>> => {
    this.reads++;
    return Promise.resolve(Object.fromEntries(ids.map(id => [id, this.records[id]])));
  };
  set = (changes: Record<string, Record<string, unknown>>): Promise<void> => {
    Object.assign(this.records, changes['lid-mapping']);
    return Promise.resolve();
  };
}

let identities: KnownIdentities;
let keys: Keys;
let learned: JidPair[];
const store = (changes: Record<string, string | null>) => identities.observe(keys).set({ 'lid-mapping': changes });
beforeEach(() => {
  identities = new KnownIdentities();
  keys = new Keys();
  learned = [];
  identities.onLearned(pair => learned.push(pair));
});

test('a pair is known immediately by any form of either jid', () => {
  identities.learn('9:2@lid', '1:7@s.whatsapp.net');
  expect([PN, '1:3@c.us', LID, '9:9@lid'].map(identities.otherOf)).toEqual([LID, LID, PN, PN]);
  identities.learn(PN, 'g@g.us');
  expect(identities.otherOf('g@g.us')).toBeNull();
});

test('each stored pair is emitted once', async () => {
  await store({ '1': '9', '9_reverse': '1' });
  expect(learned).toEqual([PAIR]);
  expect([identities.announce(PAIR), identities.announce(PAIR), identities.announce({ lid: '8@lid', pn: PN })]).toEqual([
    true,
    false,
    true
  ]);
});

test('a pair from the history is not emitted', async () => {
  identities.noteHistory([PAIR]);
  await store({ '1': '9', '9_reverse': '1' });
  expect(learned).toEqual([]);
  expect(identities.otherOf(PN)).toBe(LID);
});

test('a new LID of a number replaces the previous one', async () => {
  await store({ '1': '9', '9_reverse': '1' });
  await store({ '9_reverse': null, '1': '8', '8_reverse': '1' });
  expect([PN, LID, '8@lid'].map(identities.otherOf)).toEqual(['8@lid', null, PN]);
});

test.each([PN, LID])('%s is read once and in advance', async jid => {
  await store({ '1': '9', '9_reverse': '1' });
  const later = new KnownIdentities();
  const observed = later.observe(keys);
  await later.prepare([jid, undefined, 'g@g.us'], observed);
  expect(later.otherOf(jid)).toBe(jid === PN ? LID : PN);
  expect(later.prepare([jid], observed)).toBeNull();
  await later.prepare(['2@lid'], observed);
  expect(later.prepare(['2:5@lid'], observed)).toBeNull();
  expect(keys.reads).toBe(2);
});
