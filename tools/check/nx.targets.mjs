// @ts-check
import { join } from 'node:path';
import { ROOT } from '../install.mjs';

/** The program of Nx, for Node.js to run. */
export const NX = join(ROOT, 'node_modules', 'nx', 'dist', 'bin', 'nx.js');
/** Its environment: no process that stays, no service elsewhere, plain lines. */
export const NX_ENVIRONMENT = { NX_DAEMON: 'false', NX_NO_CLOUD: 'true', NX_TUI: 'false' };

/**
 * What reads the sources: a title and targets. Nx remembers what passed with the same inputs.
 * @type {{ title: string, targets: string[] }[]}
 */
export const CHECKS = [
  { title: 'type check', targets: ['typecheck'] },
  { title: 'lint', targets: ['lint', 'lint:types', 'lint:rooms', 'lint:homes', 'lint:walks', 'lint:prose', 'lint:format'] },
  { title: 'documents', targets: ['docs:check'] },
  { title: 'tests of the lint', targets: ['test:lint-rules'] }
];
