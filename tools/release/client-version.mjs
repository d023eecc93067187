// @ts-check
// Ends with 1 when the built-in version of WhatsApp Web is too old for a release. For releases only: a test that does so would fail by the passing of time.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../install.mjs';
import { ageProblem } from './client-version.policy.mjs';

const BUILT = join(ROOT, 'apps', 'connector', 'dist', 'client-version', 'built-in-version.js');
const { BUILT_IN_VERSION } = /** @type {{ BUILT_IN_VERSION: { version: number[], publishedAt: string } }} */ (
  await import(pathToFileURL(BUILT).href)
);
const problem = ageProblem(BUILT_IN_VERSION, Date.now());
if (problem === null) process.stdout.write(`The built-in version ${BUILT_IN_VERSION.version.join('.')} is young enough.\n`);
else {
  process.stderr.write(
    `${problem}\nPut the client_revision of https://web.whatsapp.com/sw.js and today's date into apps/connector/src/client-version/built-in-version.ts.\n`
  );
  process.exitCode = 1;
}
