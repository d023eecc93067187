import { neutralRecord } from './record.policy.js';

const BYTES = { type: 'Buffer', data: 'AQID' };
const SESSION = { _sessions: { key: { registrationId: 1 } }, version: 'v1' };
const KEY = { type: 'Buffer', data: Buffer.alloc(32, 7).toString('base64') };

describe('records of other gateways', () => {
  it('pre-keys are key pairs with either pair of names', () => {
    const pair = { public: KEY, private: KEY };
    expect(neutralRecord('pre-key', '1', pair).value).toEqual(pair);
    expect(neutralRecord('pre-key', '1', { pubKey: KEY, privKey: KEY }).value).toEqual(pair);
  });

  it('sessions of older versions are JSON in bytes or base64', () => {
    const base64 = Buffer.from(JSON.stringify(SESSION)).toString('base64');
    for (const value of [SESSION, base64, { type: 'Buffer', data: base64 }])
      expect(neutralRecord('session', 'a.0', value).value).toEqual(SESSION);
  });

  it('sender keys are JSON in bytes, unpacked or not', () => {
    const chains = [{ senderKeyId: 1 }];
    const value = { type: 'Buffer', data: Buffer.from(JSON.stringify(chains)).toString('base64') };
    for (const one of [value, chains, JSON.stringify(chains)]) expect(neutralRecord('sender-key', 'g::a::0', one).value).toEqual(value);
  });

  it('sync keys have bytes in base64, and packed fingerprints', () => {
    const value = { keyData: 'AQID', timestamp: '17', fingerprint: { rawId: 1, currentIndex: 2, deviceIndexes: [0, 300] } };
    const packed = { ...value, fingerprint: Buffer.from([8, 1, 16, 2, 26, 3, 0, 0xac, 2]).toString('base64') };
    for (const one of [value, packed]) expect(neutralRecord('app-state-sync-key', 'AA==', one).value).toEqual({ ...value, keyData: BYTES });
  });

  it('texts and numbers that stores have changed are restored', () => {
    expect(neutralRecord('lid-mapping', '15550000001', 900015550000001).value).toBe('900015550000001');
    expect(neutralRecord('device-list', '15550000001', [0, 12]).value).toEqual(['0', '12']);
  });

  it('message secrets keep the question of a poll', () => {
    const poll = { name: 'When?', options: ['now', 'later'] };
    const secret = Buffer.alloc(32, 7).toString('base64');
    expect(neutralRecord('message-secret', 'ABC', { secret }).value).toEqual({ secret: KEY });
    expect(neutralRecord('message-secret', 'ABC', { secret: KEY, poll }).value).toEqual({ secret: KEY, isQuestion: true, poll });
    expect(() => neutralRecord('message-secret', 'ABC', { secret: BYTES })).toThrow(/message-secret/);
  });

  it('jids with two domains are mended at any position', () => {
    expect(neutralRecord('tctoken', '1@lid@s.whatsapp.net', { token: BYTES }).id).toBe('1@lid');
    expect(neutralRecord('sender-key-memory', 'g@g.us', { '1:2@lid@s.whatsapp.net': true }).value).toEqual({ '1:2@lid': true });
    expect(neutralRecord('sender-key', 'g@g.us@s.whatsapp.net::1_1::2', '[{"senderKeyId":1}]').id).toBe('g@g.us::1_1::2');
    expect(() => neutralRecord('tctoken', '1@a@b', { token: BYTES })).toThrow(/tctoken "1@a@b".*two domains/);
  });

  it.each([
    ['15550000001', '9@lid', '15550000001', '9'],
    ['15550000001@s.whatsapp.net', '9:3@lid@s.whatsapp.net', '15550000001', '9'],
    ['9_reverse', '15550000001@s.whatsapp.net', '9_reverse', '15550000001'],
    ['9@lid_reverse', '15550000001', '9_reverse', '15550000001']
  ])('the mapping %s to %s is one of users', (id, value, user, mapped) => {
    expect(neutralRecord('lid-mapping', id, value)).toEqual({ type: 'lid-mapping', id: user, value: mapped });
  });

  it.each([
    ['9_reverse', '9@lid', /a LID instead of a phone number.*Remove/],
    ['15550000001', '15550000001@s.whatsapp.net', /a phone number instead of a LID/]
  ])('the mapping %s to %s is refused', (id, value, why) => {
    expect(() => neutralRecord('lid-mapping', id, value)).toThrow(why);
  });

  it.each([
    ['pre-key', { public: KEY }],
    ['session', { version: 'v1' }],
    ['sender-key', { type: 'Buffer', data: 'AQID' }],
    ['app-state-sync-version', { version: 1, hash: BYTES }],
    ['device-list', 'no list']
  ] as const)('an invalid %s is refused by its name', (type, value) => {
    expect(() => neutralRecord(type, 'the-id', value)).toThrow(new RegExp(`${type}.*the-id`));
  });
});
