import { runInNewContext } from 'node:vm';
import { passkeySnippet } from './passkey-page.js';

const bytes = (...values: number[]): ArrayBuffer => new Uint8Array(values).buffer;

/** Runs the line in a minimal page. */
async function paste(line: string): Promise<{ asked: { publicKey: Record<string, unknown> }; copied: string; printed: string }> {
  const seen = { asked: {} as { publicKey: Record<string, unknown> }, copied: '', printed: '' };
  const answer = {
    id: '-_8',
    rawId: bytes(0xfb, 0xff),
    type: 'public-key',
    response: { clientDataJSON: bytes(1), authenticatorData: bytes(2, 3), signature: bytes(4, 5, 6), userHandle: null }
  };
  await (runInNewContext(line, {
    atob,
    btoa,
    Uint8Array,
    console: { log: (text: string) => (seen.printed = text) },
    copy: (text: string) => (seen.copied = text),
    navigator: {
      credentials: {
        get: (asked: typeof seen.asked) => {
          seen.asked = asked;
          return Promise.resolve(answer);
        }
      }
    }
  }) as Promise<void>);
  return seen;
}

test('the line copies the assertion in the required form', async () => {
  const options = {
    challenge: '-_8',
    rpId: 'whatsapp.com',
    allowCredentials: [{ type: 'public-key', id: 'AQI' }],
    extensions: { uvm: true }
  };
  const { asked, copied, printed } = await paste(passkeySnippet(options));
  expect(asked.publicKey).toEqual({
    challenge: new Uint8Array([0xfb, 0xff]),
    rpId: 'whatsapp.com',
    allowCredentials: [{ type: 'public-key', id: new Uint8Array([1, 2]) }],
    extensions: { uvm: true }
  });
  expect(copied).toBe(printed);
  expect(copied).toBe(
    '{"id":"-_8","rawId":"-_8","type":"public-key","response":{"clientDataJSON":"AQ","authenticatorData":"AgM","signature":"BAUG","userHandle":null}}'
  );
});

test('options without a list of credentials work too', async () => {
  const { asked } = await paste(passkeySnippet({ challenge: 'AA', rpId: 'whatsapp.com' }));
  expect(asked.publicKey['allowCredentials']).toEqual([]);
});

test('options from the service remain data, in one line', async () => {
  const rpId = '</script><b>\u2028"),alert(1),("';
  const line = passkeySnippet({ challenge: 'AA', rpId });
  expect(line).not.toMatch(/[<\u2028\n]/);
  expect((await paste(line)).asked.publicKey['rpId']).toBe(rpId);
});
