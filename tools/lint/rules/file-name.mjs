const FORBIDDEN = new Set(['utils', 'util', 'helpers', 'helper', 'common', 'shared', 'core', 'base', 'manager', 'misc']);
const WORDS = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/**
 * What is wrong with a path below its project's `src`, or undefined. A dotted suffix is a role (`lease.store.ts`), with the technology
 * in front for a driver (`nats.lease.store.ts`). A vague word is refused alone (`utils.ts`) and as the last one (`string-utils.ts`).
 */
export function fileNameFault(path) {
  const folders = path.split('/');
  const file = folders.pop() ?? '';
  const parts = [...folders, ...file.replace(/\.[cm]?tsx?$/, '').split('.')];
  const crooked = parts.find(part => !WORDS.test(part));
  if (crooked !== undefined) return `'${crooked}' in '${path}' is not kebab-case`;
  const vague = parts.map(part => part.split('-').at(-1)).find(word => FORBIDDEN.has(word));
  return vague === undefined ? undefined : `'${vague}' in '${path}' does not say what is owned there`;
}

/** File and folder names below `src`: kebab-case, and none of the words that fit anything. */
export const fileName = {
  meta: { type: 'suggestion', docs: { description: 'file names are kebab-case and say what is owned' }, schema: [] },
  create(context) {
    return {
      Program(node) {
        const below = context.filename.replaceAll('\\', '/').split('/src/').at(-1);
        const fault = below && fileNameFault(below);
        if (fault) context.report({ node, loc: { line: 1, column: 0 }, message: `File name: ${fault}.` });
      }
    };
  }
};
