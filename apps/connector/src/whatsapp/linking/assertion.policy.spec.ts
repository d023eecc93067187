import { createHash } from 'node:crypto';
import type { WabusError, PasskeyOptions } from '@wabus/contracts';
import { checkAssertion } from './assertion.policy.js';

const text = (value: string | Uint8Array): string => Buffer.from(value).toString('base64url');
const challenge = text(Buffer.alloc(32, 9));
const options: PasskeyOptions = { challenge, rpId: 'whatsapp.com', allowCredentials: [], userVerification: 'required' };
const id = text(Buffer.alloc(16, 1));

const clientData = (changes: object = {}): string =>
  text(JSON.stringify({ type: 'webauthn.get', challenge, origin: 'https://web.whatsapp.com', crossOrigin: false, ...changes }));
const authenticatorData = ({ rpId = 'whatsapp.com', flags = 0x1d, rest = Buffer.alloc(4) } = {}): string =>
  text(Buffer.concat([createHash('sha256').update(rpId).digest(), Buffer.from([flags]), rest]));

interface Changes {
  readonly top?: object;
  readonly response?: object;
}
const assertion = ({ top, response }: Changes = {}): object => ({
  id,
  rawId: id,
  type: 'public-key',
  response: {
    clientDataJSON: clientData(),
    authenticatorData: authenticatorData(),
    signature: text('signature'),
    userHandle: null,
    ...response
  },
  ...top
});

function refusal(value: unknown, of = options): { code: string; fields: Record<string, string[]>; message: string } {
  try {
    checkAssertion(value, of);
  } catch (error) {
    const { code, details, message } = error as WabusError;
    return { code, fields: (details as { fields: Record<string, string[]> }).fields, message };
  }
  throw new Error('it was accepted');
}

describe('an accepted assertion', () => {
  test('has exactly the fields that WhatsApp expects, in order', () => {
    const { json, credentialId } = checkAssertion(
      { clientExtensionResults: {}, authenticatorAttachment: 'platform', ...assertion({ response: { more: 1 } }) },
      options
    );
    expect(json).toBe(
      JSON.stringify({
        id,
        rawId: id,
        type: 'public-key',
        response: {
          clientDataJSON: clientData(),
          authenticatorData: authenticatorData(),
          signature: text('signature'),
          userHandle: null
        }
      })
    );
    expect(credentialId).toEqual(Buffer.alloc(16, 1));
  });

  test.each<[string, Changes]>([
    ['a user handle', { response: { userHandle: text('me') } }],
    ['no user handle at all', { response: { userHandle: undefined } }],
    ['another page of WhatsApp', { response: { clientDataJSON: clientData({ origin: 'https://business.web.whatsapp.com' }) } }],
    ['the domain itself', { response: { clientDataJSON: clientData({ origin: 'https://whatsapp.com' }) } }],
    ['a browser that does not report frames', { response: { clientDataJSON: clientData({ crossOrigin: undefined }) } }],
    ['extensions of the authenticator', { response: { authenticatorData: authenticatorData({ rest: Buffer.alloc(40) }) } }]
  ])('may have %s', (_what, changes) => {
    expect(checkAssertion(assertion(changes), options).json).toContain('public-key');
  });

  test('may use a passkey that WhatsApp lists', () => {
    const named = { ...options, allowCredentials: [{ type: 'public-key', id }] };
    expect(checkAssertion(assertion(), named).json).toContain(id);
  });
});

describe('a refusal names the field', () => {
  test.each<[string, Changes, string[]]>([
    ['no id', { top: { id: undefined } }, ['assertion.id']],
    ['an id with padding', { top: { id: 'AA==', rawId: 'AA==' } }, ['assertion.id', 'assertion.rawId']],
    ['two ids', { top: { rawId: text('other') } }, ['assertion.rawId']],
    ['another type', { top: { type: 'password' } }, ['assertion.type']],
    [
      'no response',
      { top: { response: 'none' } },
      ['assertion.response.clientDataJSON', 'assertion.response.authenticatorData', 'assertion.response.signature']
    ],
    ['an empty signature', { response: { signature: '' } }, ['assertion.response.signature']],
    ['a signature as bytes', { response: { signature: [1, 2] } }, ['assertion.response.signature']],
    ['a user handle that is not text', { response: { userHandle: 5 } }, ['assertion.response.userHandle']],
    ['client data that is not JSON', { response: { clientDataJSON: text('{') } }, ['assertion.response.clientDataJSON']],
    ['client data that is a list', { response: { clientDataJSON: text('[]') } }, ['assertion.response.clientDataJSON']],
    ['a registration', { response: { clientDataJSON: clientData({ type: 'webauthn.create' }) } }, ['assertion.response.clientDataJSON']],
    ['another challenge', { response: { clientDataJSON: clientData({ challenge: 'AAAA' }) } }, ['assertion.response.clientDataJSON']],
    [
      'a page of Wabus',
      { response: { clientDataJSON: clientData({ origin: 'https://wabus.example' }) } },
      ['assertion.response.clientDataJSON']
    ],
    [
      'a page with a similar name',
      { response: { clientDataJSON: clientData({ origin: 'https://evilwhatsapp.com' }) } },
      ['assertion.response.clientDataJSON']
    ],
    [
      'a page of a subdomain of another site',
      { response: { clientDataJSON: clientData({ origin: 'https://whatsapp.com.evil.example' }) } },
      ['assertion.response.clientDataJSON']
    ],
    [
      'a page without TLS',
      { response: { clientDataJSON: clientData({ origin: 'http://web.whatsapp.com' }) } },
      ['assertion.response.clientDataJSON']
    ],
    [
      'a page with a port',
      { response: { clientDataJSON: clientData({ origin: 'https://web.whatsapp.com:8443' }) } },
      ['assertion.response.clientDataJSON']
    ],
    ['a frame', { response: { clientDataJSON: clientData({ crossOrigin: true }) } }, ['assertion.response.clientDataJSON']],
    ['short data', { response: { authenticatorData: text(Buffer.alloc(36)) } }, ['assertion.response.authenticatorData']],
    [
      'another domain',
      { response: { authenticatorData: authenticatorData({ rpId: 'web.whatsapp.com' }) } },
      ['assertion.response.authenticatorData']
    ],
    ['nobody present', { response: { authenticatorData: authenticatorData({ flags: 0x04 }) } }, ['assertion.response.authenticatorData']],
    ['nobody verified', { response: { authenticatorData: authenticatorData({ flags: 0x01 }) } }, ['assertion.response.authenticatorData']],
    ['more than 16 KiB', { response: { userHandle: 'A'.repeat(16_384) } }, ['assertion']]
  ])('%s', (_what, changes, fields) => {
    const refused = refusal(assertion(changes));
    expect(refused.code).toBe('INVALID_ARGUMENTS');
    expect(Object.keys(refused.fields)).toEqual(fields);
  });

  test.each([undefined, null, 5, 'x', []])('%j instead of an assertion', value => {
    expect(Object.keys(refusal(value).fields)).toContain('assertion.id');
  });

  test('a passkey that was not requested', () => {
    const named = { ...options, allowCredentials: [{ type: 'public-key', id: text('another') }] };
    expect(Object.keys(refusal(assertion(), named).fields)).toEqual(['assertion.id']);
  });

  test('and never its content', () => {
    const secret = clientData({ challenge: 'c2VjcmV0LWNoYWxsZW5nZQ' });
    const { message, fields } = refusal(assertion({ response: { clientDataJSON: secret } }));
    expect(`${message} ${JSON.stringify(fields)}`).not.toMatch(/c2VjcmV0/);
    expect(message).not.toContain(secret);
  });
});
