import { neutralCredentials } from '../device/credentials.policy.js';
import { jsonPair, linkedCredentials, newPair } from '../device/device.fixture.js';
import { neutralRecord } from '../device/record.policy.js';
import { failedChecks } from './device-checks.policy.js';

const preKey = (id: number) => neutralRecord('pre-key', String(id), jsonPair(newPair()));

function lettersOf(credentials: Record<string, unknown>, records = [preKey(30)], credentialsOnly = false): string[] {
  return failedChecks({ credentials: neutralCredentials(credentials), records, credentialsOnly }).map(
    ({ check, field }) => `${check} ${field}`
  );
}

describe('checks of a device', () => {
  const good = linkedCredentials();
  const other = linkedCredentials();
  const accountOf = (credentials: Record<string, unknown>) => credentials['account'] as Record<string, unknown>;

  it('pass for a linked device, hosted or not', () => {
    expect(lettersOf(good)).toEqual([]);
    expect(lettersOf(linkedCredentials({ hosted: true }))).toEqual([]);
  });

  it('(a) fail for keys that do not belong together', () => {
    const mixed = {
      public: (good['noiseKey'] as { public: unknown }).public,
      private: (other['noiseKey'] as { private: unknown }).private
    };
    expect(lettersOf({ ...good, noiseKey: mixed })).toEqual(['a noiseKey']);
  });

  it('(b) fail for a signed pre-key of another identity', () => {
    expect(lettersOf({ ...good, signedPreKey: other['signedPreKey'] })).toEqual(['b signedPreKey.signature']);
  });

  it('(c) fail for an account that did not sign', () => {
    const account = { ...accountOf(good), accountSignature: accountOf(other)['accountSignature'] };
    expect(lettersOf({ ...good, account })).toEqual(['c account.accountSignature']);
  });

  it('(d) fail for a device that did not sign', () => {
    const account = { ...accountOf(good), deviceSignature: accountOf(other)['deviceSignature'] };
    expect(lettersOf({ ...good, account })).toEqual(['d account.deviceSignature']);
  });

  it.each(['15550000001@s.whatsapp.net', '15550000001:0@s.whatsapp.net', 'a:1@s.whatsapp.net'])(
    '(e) fail for %s, which is not a linked device',
    id => {
      expect(lettersOf({ ...good, me: { id } })).toEqual(['e me.id']);
    }
  );

  it.each(['31', '32', 'x', '0'])('(f) fail for pre-key %s with 31 as the next', id => {
    expect(lettersOf(good, [{ ...preKey(1), id }])).toEqual(['f nextPreKeyId']);
  });

  it('(g) fail without keys, unless only credentials are requested', () => {
    expect(lettersOf(good, [])).toEqual(['g records']);
    expect(lettersOf(good, [], true)).toEqual([]);
    expect(lettersOf(good, [preKey(1)], true)).toEqual(['g records']);
  });
});
