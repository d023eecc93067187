// @ts-check
import { join } from 'node:path';
import { ROOT } from '../install.mjs';

/** The Nx program, which Node.js runs. */
export const NX = join(ROOT, 'node_modules', 'nx', 'dist', 'bin', 'nx.js');
/** The environment for Nx: no daemon, no cloud service, plain output lines. */
export const NX_ENVIRONMENT = { NX_DAEMON: 'false', NX_NO_CLOUD: 'true', NX_TUI: 'false' };

/**
 * The checks of the sources: a title and Nx targets. Nx caches the targets that passed with the same inputs.
 * @type {{ title: string, targets: string[] }[]}
 */
export const CHECKS = [
  { title: 'type check', targets: ['typecheck'] },
  { title: 'lint', targets: ['lint', 'lint:types', 'lint:rooms', 'lint:homes', 'lint:walks', 'lint:prose', 'lint:format'] },
  { title: 'documents', targets: ['docs:check'] },
  { title: 'tests of the lint', targets: ['test:lint-rules'] }
];
