import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const MISSING =
  'There is no certutil for the tests of the browser extension. `npm test` fetches Debian’s; else install libnss3-tools, or name one in WABUS_TEST_CERTUTIL.';

/** The certificate and key of a TLS server. */
export interface TestCertificate {
  readonly pfx: Buffer;
  readonly passphrase: string;
}

/** Returns the path of certutil for tests; `null` on a developer's machine without one, where these tests are skipped. */
export function certutilToTest(env: NodeJS.ProcessEnv = process.env): string | null {
  const found = env['WABUS_TEST_CERTUTIL'] ?? null;
  if (found === null && !env['CI']) process.stderr.write(`${MISSING} Skipped.\n`);
  return found;
}

/**
 * Creates an authority that only browsers with this home trust, and the identity of a server that it certifies.
 * @param home of the browser; its certificate store is created
 */
export async function trustedIdentity(home: string, host: string): Promise<TestCertificate> {
  const certutil = certutilToTest();
  if (certutil === null) throw new Error(MISSING);
  const store = join(home, '.pki', 'nssdb');
  mkdirSync(store, { recursive: true });
  const noise = join(home, 'noise');
  writeFileSync(noise, randomBytes(64));
  const keys = ['-k', 'ec', '-q', 'nistp256', '-z', noise];
  await run(certutil, ['-N', '-d', `sql:${store}`, '--empty-password']);
  const ca = ['-S', '-x', '-n', 'ca', '-s', 'CN=Wabus test authority', '-t', 'C,,', '-v', '12', '-m', '1', '-2'];
  const made = run(certutil, [...ca, '-d', `sql:${store}`, ...keys]);
  // The answers to the prompts: an authority, its path unlimited, critical.
  made.child.stdin?.end('y\n\ny\n');
  await made;
  const server = ['-S', '-c', 'ca', '-n', 'server', '-s', `CN=${host}`, '-8', host, '-t', ',,', '-v', '3', '-m', '2'];
  await run(certutil, [...server, '-d', `sql:${store}`, ...keys]);
  const passphrase = randomBytes(16).toString('hex');
  const file = join(home, 'server.p12');
  await run(join(dirname(certutil), 'pk12util'), ['-o', file, '-n', 'server', '-d', `sql:${store}`, '-W', passphrase]);
  return { pfx: readFileSync(file), passphrase };
}
