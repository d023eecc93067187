import { isExempt, readExemptions } from '../exempt/exemptions.reader.mjs';

const FORBIDDEN = new Set(['utils', 'util', 'helpers', 'helper', 'common', 'shared', 'core', 'base', 'manager', 'misc']);
const WORDS = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/**
 * The permitted roles, which are the last dotted word of a file name, grouped by what such files do. A file without a role has the name of the
 * one thing that it declares (`account.ts`).
 */
export const ROLES = new Set([
  // Pure code: decisions, formats and lists.
  ...['policy', 'state', 'codec', 'table', 'schedule', 'mapper', 'catalog', 'types', 'errors', 'error', 'signature', 'encoder'],
  // What is on the wire.
  ...['request', 'requests', 'commands', 'content', 'fields', 'options', 'document', 'schemas', 'operations', 'protocol', 'generated'],
  // Stored data and its sources.
  ...['store', 'registry', 'repository', 'reader', 'writer', 'journal', 'ledger', 'cache', 'index', 'source', 'loader'],
  // Nest components.
  ...['module', 'controller', 'service', 'guard', 'filter', 'decorator', 'validator', 'constraint', 'provider', 'config', 'settings'],
  ...['adapter', 'factory', 'gateway'],
  // Active components.
  ...['client', 'server', 'proxy', 'socket', 'engine', 'driver', 'loop', 'runner', 'router', 'handler', 'dispatcher', 'responder'],
  ...['sender', 'receiver', 'publisher', 'consumer', 'observer', 'listener', 'queue', 'feed', 'lease', 'watch', 'watchdog', 'limiter'],
  ...[
    'pipeline',
    'tracker',
    'exchange',
    'resolver',
    'verifier',
    'renderer',
    'builder',
    'launcher',
    'worker',
    'logger',
    'metrics',
    'tool',
    'stimuli'
  ],
  // User interface.
  ...['page', 'panel', 'card', 'list', 'modal', 'menu', 'badge', 'notice', 'bubble', 'layout', 'view', 'query', 'context', 'text', 'texts'],
  // Tests and measurements.
  ...['fixture', 'conformance', 'measurement', 'figures', 'checker', 'scenario', 'injector']
]);
const EXEMPT = readExemptions('file-names');

/**
 * Returns the fault of a path below its project's `src`, or `undefined`. The last dotted word is a role from the list, preceded by the
 * technology of a driver (`nats.lease.store.ts`). A vague word is refused on its own (`utils.ts`) and as the last word (`string-utils.ts`).
 * @param {string} path
 */
export function fileNameFault(path) {
  const folders = path.split('/');
  const file = folders.pop() ?? '';
  const names = file.replace(/(\.d)?\.[cm]?tsx?$/, '').split('.');
  const parts = [...folders, ...names];
  const crooked = parts.find(part => !WORDS.test(part));
  if (crooked !== undefined) return `'${crooked}' in '${path}' is not kebab-case`;
  const vague = parts.map(part => part.split('-').at(-1) ?? '').find(word => FORBIDDEN.has(word));
  if (vague !== undefined) return `'${vague}' in '${path}' does not name what the file owns`;
  const role = names
    .filter(name => name !== 'spec' && name !== 'int')
    .slice(1)
    .at(-1);
  return role === undefined || ROLES.has(role) ? undefined : `'${role}' in '${path}' is not a role in tools/lint/rules/file-name.mjs`;
}

/** File and folder names below `src`: kebab-case, a role from a closed list, and no word that could mean anything. */
export const fileName = {
  meta: { type: 'suggestion', docs: { description: 'file names are kebab-case and name what the file owns' }, schema: [] },
  create(context) {
    return {
      Program(node) {
        const path = context.filename.replaceAll('\\', '/');
        const below = path.split('/src/').at(-1);
        const fault = below && !isExempt(EXEMPT, path) && fileNameFault(below);
        if (fault) context.report({ node, loc: { line: 1, column: 0 }, message: `File name: ${fault}.` });
      }
    };
  }
};
