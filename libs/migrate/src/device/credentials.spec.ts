import { asBytes } from '../bytes/byte-forms.codec.js';
import { neutralCredentials } from './credentials.policy.js';
import { linkedCredentials } from './device.fixture.js';
import { MigrateError } from './migrate.error.js';

/** Returns the field for which a source is refused. */
function refusedField(source: unknown): string {
  try {
    neutralCredentials(source);
  } catch (error) {
    if (error instanceof MigrateError) return error.field;
    throw error;
  }
  return 'nothing';
}

describe('credentials of other gateways', () => {
  const source = linkedCredentials();

  it('are bytes in the neutral form', () => {
    const taken = neutralCredentials(source);
    expect(taken['account']).toMatchObject({ details: { type: 'Buffer' }, deviceSignature: { type: 'Buffer' } });
    expect(neutralCredentials(taken)).toEqual(taken);
  });

  it('may use the key names of browsers, with 33 bytes', () => {
    const pair = source['noiseKey'] as { public: unknown; private: unknown };
    const pubKey = { type: 'Buffer', data: Buffer.from([5, ...asBytes(pair.public)!]).toString('base64') };
    expect(neutralCredentials({ ...source, noiseKey: { pubKey, privKey: pair.private } })['noiseKey']).toEqual(pair);
  });

  it('get their own identity if the list is missing', () => {
    expect(neutralCredentials({ ...source, signalIdentities: undefined })['signalIdentities']).toEqual(source['signalIdentities']);
  });

  it.each([
    'noiseKey',
    'signedIdentityKey',
    'signedPreKey',
    'registrationId',
    'advSecretKey',
    'me',
    'account',
    'nextPreKeyId',
    'firstUnuploadedPreKeyId'
  ])('are refused by name without %s', field => {
    const { [field]: _left, ...rest } = source;
    expect(refusedField(rest)).toMatch(new RegExp(`^${field}`));
  });

  it.each([
    ['account.details', { account: { ...(source['account'] as object), details: 7 } }],
    ['account.deviceSignature', { account: { ...(source['account'] as object), deviceSignature: 'AAAA' } }],
    ['noiseKey.private', { noiseKey: { ...(source['noiseKey'] as object), private: 'AAAA' } }],
    ['registrationId', { registrationId: '107' }],
    ['me.id', { me: {} }],
    ['me.id', { me: { id: '900015550000001@lid@s.whatsapp.net' } }]
  ])('are refused by the name %s if it is invalid', (field, change) => expect(refusedField({ ...source, ...change })).toBe(field));

  it('are refused as never linked without an account', () => {
    expect(() => neutralCredentials({ ...source, account: undefined })).toThrow(/never linked/);
  });

  it('have jids with two domains mended', () => {
    const me = { id: '15550000001:12@s.whatsapp.net', lid: '900015550000001:12@lid@s.whatsapp.net' };
    const signalIdentities = [
      { identifier: { name: '900015550000001@lid@s.whatsapp.net', deviceId: 0 }, identifierKey: { type: 'Buffer', data: 'BQ==' } }
    ];
    const processedHistoryMessages = [{ key: { remoteJid: '900015550000001@lid@s.whatsapp.net', fromMe: true, id: 'A' } }];
    const taken = neutralCredentials({ ...source, me, signalIdentities, processedHistoryMessages });
    expect(taken['processedHistoryMessages']).toMatchObject([{ key: { remoteJid: '900015550000001@lid' } }]);
    expect(taken['me']).toMatchObject({ lid: '900015550000001:12@lid' });
    expect(taken['signalIdentities']).toMatchObject([{ identifier: { name: '900015550000001@lid' } }]);
    expect(refusedField({ ...source, me: { id: '1@s.whatsapp.net@lid' } })).toBe('me.id');
  });
});
