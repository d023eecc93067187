import { createHmac } from 'node:crypto';
import type { AuthenticationCreds, BinaryNode, SignalDataSet, SignalKeyStore } from '@whiskeysockets/baileys';
import { ContactTokens, type ReachCredentials } from './contact-tokens.js';

const DAY_S = 86_400;
const PN = '15550000001@s.whatsapp.net';
const LID = '900015550000001@lid';
const STRANGER = '900015550000002@lid';
const ago = (days: number) => String(Math.floor(Date.now() / 1_000) - days * DAY_S);

/** An in-memory key store of a session. */
class Keys {
  readonly values = new Map<string, unknown>();

  get = (type: string, ids: string[]) =>
    Promise.resolve(
      Object.fromEntries(ids.flatMap(id => (this.values.has(`${type}/${id}`) ? [[id, this.values.get(`${type}/${id}`)]] : [])))
    );

  set = (changes: SignalDataSet) => {
    for (const [type, records] of Object.entries(changes))
      for (const [id, value] of Object.entries(records)) {
        if (value === null) this.values.delete(`${type}/${id}`);
        else this.values.set(`${type}/${id}`, value);
      }
    return Promise.resolve();
  };
}

let keys: Keys;
let creds: ReachCredentials;
let tokens: ContactTokens;
let saved: number;
beforeEach(() => {
  keys = new Keys();
  keys.values.set('lid-mapping/15550000001', '900015550000001');
  creds = { nctSalt: Buffer.from('salt') };
  saved = 0;
  tokens = new ContactTokens({
    keys: keys as unknown as SignalKeyStore,
    creds: Object.assign(creds, { me: { id: '15550000009:1@s.whatsapp.net' } }) as unknown as AuthenticationCreds,
    save: () => void saved++
  });
});

const give = (days: number, id = LID) => keys.values.set(`tctoken/${id}`, { token: Buffer.from('token'), timestamp: ago(days) });
const sent = (to: string) => tokens.intercept({ tag: 'message', attrs: { to }, content: [] }).content as BinaryNode[];
const written = (t: string, more: Record<string, string> = {}): BinaryNode => ({
  tag: 'message',
  attrs: { from: PN, sender_lid: LID, t, ...more },
  content: [{ tag: 'tctoken', attrs: { t }, content: Buffer.from(`of ${t}`) }]
});

describe('tokens of contacts', () => {
  test('are found by number and by LID', async () => {
    give(1);
    await tokens.prepare([PN, LID]);
    for (const jid of [PN, LID]) {
      expect(tokens.hasContactToken(jid)).toBe(true);
      expect(sent(jid)).toEqual([{ tag: 'tctoken', attrs: {}, content: Buffer.from('token') }]);
    }
  });

  test('come from messages, and the newest one applies', async () => {
    await tokens.prepare([PN]);
    await tokens.learn(written(ago(2)));
    expect(tokens.hasContactToken(PN)).toBe(true);
    await tokens.learn(written(ago(3)));
    expect(keys.values.get(`tctoken/${LID}`)).toMatchObject({ timestamp: ago(2) });
  });

  test("are not taken from messages of the account's phone", async () => {
    await tokens.learn(written(ago(1), { from: '15550000009@s.whatsapp.net', sender_lid: '' }));
    expect([...keys.values.keys()].filter(name => name.startsWith('tctoken'))).toEqual([]);
  });

  test('stay as long as WhatsApp accepts them', async () => {
    const props = [{ tag: 'prop', attrs: { config_code: '909', config_value: '26' } }];
    tokens.switches({ tag: 'iq', attrs: {}, content: [{ tag: 'props', attrs: {}, content: props }] });
    expect(saved).toBe(1);
    give(40);
    await tokens.prepare([PN, LID, STRANGER]);
    await tokens.keys.set({ tctoken: { [LID]: { token: Buffer.alloc(0), senderTimestamp: 5 } } });
    expect(keys.values.get(`tctoken/${LID}`)).toMatchObject({ token: Buffer.from('token'), senderTimestamp: 5 });
    await tokens.keys.set({ tctoken: { [LID]: null } });
    expect(tokens.hasContactToken(LID)).toBe(true);
    give(200);
    await tokens.keys.set({ tctoken: { [LID]: null } });
    expect(keys.values.has(`tctoken/${LID}`)).toBe(false);
  });
});

test('strangers get an HMAC of their LID, but none without a salt', async () => {
  await tokens.prepare([STRANGER, PN]);
  const content = createHmac('sha256', 'salt').update(STRANGER).digest();
  expect(sent(STRANGER)).toEqual([{ tag: 'cstoken', attrs: {}, content }]);
  expect(sent(PN)[0]!.content).toEqual(createHmac('sha256', 'salt').update(LID).digest());
  creds.nctSalt = null;
  expect(sent(STRANGER)).toEqual([]);
});
