import { inspect } from 'node:util';
import { SecretScan } from './secret.scan.mjs';

const session = { currentRatchet: { rootKey: Buffer.alloc(32), ephemeralKeyPair: { privKey: Buffer.alloc(32) } } };

describe('the scan for secrets in the output of tests', () => {
  it.each([
    ['printed', inspect(session, { depth: 5 })],
    ['written as JSON', JSON.stringify(session)]
  ])('finds a Signal session that is %s', (_how, text) => {
    const scan = new SecretScan();
    scan.read(`Closing session: ${text}`);
    expect(scan.found).toEqual(['currentRatchet', 'rootKey', 'ephemeralKeyPair', 'privKey']);
  });

  it('finds a field across two chunks', () => {
    const scan = new SecretScan();
    for (const chunk of ['  root', 'Key: <Buf', 'fer 01>']) scan.read(chunk);
    expect(scan.found).toEqual(['rootKey']);
  });

  it('ignores the names of tests', () => {
    const scan = new SecretScan();
    scan.read('PASS connector careful-sessions.spec.ts: a rootKey is stored, a privKey is never printed\n');
    expect(scan.found).toEqual([]);
  });
});
