import { asBytes } from '../bytes/byte-forms.codec.js';
import { linkedCredentials } from '../device/device.fixture.js';
import { readWhatsmeow, type Row } from './whatsmeow.reader.js';

const credentials = linkedCredentials() as {
  account: Record<string, string>;
  noiseKey: { private: unknown };
  signedIdentityKey: { private: unknown };
  signedPreKey: { keyPair: { private: unknown }; signature: unknown };
};
const { account, noiseKey, signedIdentityKey, signedPreKey } = credentials;
const base64 = (value: string | undefined) => Buffer.from(value ?? '', 'base64');

const device: Row = {
  jid: '15550000001:12@s.whatsapp.net',
  lid: '900015550000001:12@lid',
  noise_key: asBytes(noiseKey.private),
  identity_key: asBytes(signedIdentityKey.private),
  signed_pre_key: asBytes(signedPreKey.keyPair.private),
  signed_pre_key_id: 1,
  signed_pre_key_sig: asBytes(signedPreKey.signature),
  registration_id: 107,
  adv_key: Buffer.alloc(32, 1),
  adv_details: base64(account['details']),
  adv_account_sig: base64(account['accountSignature']),
  adv_account_sig_key: base64(account['accountSignatureKey']),
  adv_device_sig: base64(account['deviceSignature'])
};

const secretsOf = (rows: readonly Row[]) =>
  readWhatsmeow({ whatsmeow_device: [device], whatsmeow_message_secrets: rows }).records.filter(({ type }) => type === 'message-secret');
const row = (id: string, fill: number, bytes = 32): Row => ({ chat_jid: 'g@g.us', message_id: id, key: Buffer.alloc(bytes, fill) });
const secret = (fill: number) => ({ secret: { type: 'Buffer', data: Buffer.alloc(32, fill).toString('base64') } });

describe("secrets of messages in whatsmeow's tables", () => {
  it('are transferred, for two with one id the later one', () => {
    expect(secretsOf([row('A', 1), row('B', 2), row('A', 3)])).toEqual([
      { type: 'message-secret', id: 'A', value: secret(3) },
      { type: 'message-secret', id: 'B', value: secret(2) }
    ]);
  });

  it('are left out if they are invalid', () => expect(secretsOf([row('A', 1, 31), row('B', 2)]).map(({ id }) => id)).toEqual(['B']));

  it('are left out for old messages', () => {
    const found = secretsOf(Array.from({ length: 4_001 }, (_, n) => row(`M${n}`, 1)));
    expect([found.length, found[0]?.id]).toEqual([4_000, 'M1']);
  });
});
