import { codeOf, servicePasskeyKey, servicePasskeyProof, serviceRequestKey } from './passkey.codec.js';

const of = (value: number) => Buffer.alloc(32, value);

/** Computed from the formulas with Node.js alone; no recording of a real link was available. */
describe('the formulas of a link by passkey', () => {
  it('give the code', () => {
    expect(codeOf({ companionNonce: of(1), primaryPublic: of(2), primaryNonce: of(3) })).toBe('ZDET-SM4S');
  });

  it('give the handoff key', () => {
    expect(servicePasskeyKey(of(4)).toString('hex')).toBe('91536520c1ec8e14b8f16f450dfba822b567aaa63167b33c8a5d2e84451c22ff');
  });

  it('give the proof', () => {
    expect(servicePasskeyProof(of(4), Buffer.from('abc')).toString('hex')).toBe(
      'b731f2761101b19fd3280552772b98bb51c35f59fc534350d8c43a235f36e863'
    );
  });

  it('give the key of the request', () => {
    expect(serviceRequestKey(of(5), 1, '2@x').toString('hex')).toBe('867dde670bae7c07d76b6dbd3854ba4702940fd1a333bdff471ebf75c4b2b501');
  });
});
