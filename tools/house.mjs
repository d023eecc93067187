// @ts-check
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './install.mjs';
import { arrowsBack, lengths, ports, severalHomes } from './house/house.figures.mjs';
import { readSources } from './house/house.sources.mjs';
import { LIMITS, readWalks, walkFaults } from './house/house.walks.mjs';
import { readExemptions } from './lint/exempt/exemptions.reader.mjs';
import { readOptions } from './terminal/options.reader.mjs';

const USAGE = `npm run house [-- figures|homes|walks] [--root DIR]
Measures the code base.

  figures      prints the figures (default)
  homes        fails if an exported name is declared in a second file that tools/lint/exempt/homes.txt does not list
  walks        fails if docs/architecture.md names a frame that does not exist, or more frames than the limits allow
  --root DIR   measures another working copy
  --help       this text`;

const { values, positionals } = readOptions(USAGE, { root: { type: 'string', default: ROOT } }, { positionals: 1 });
const [what = 'figures'] = positionals;
const { root } = values;

if (what === 'homes') checkHomes();
else if (what === 'walks') checkWalks();
else printFigures(readSources(root));

/** Prints the names that are declared in several files and fails if one is not exempt. */
function checkHomes() {
  const exempt = readExemptions('homes');
  for (const { name, paths } of severalHomes(readSources(root))) {
    const isNew = !exempt.includes(name);
    if (isNew) process.exitCode = 1;
    console.log(`${isNew ? '✗ ' : ''}${name}${isNew ? ': one name, one home' : ''}\n  ${paths.join('\n  ')}`);
  }
}

/** Prints the walks in docs/architecture.md and fails if one does not match the sources. */
function checkWalks() {
  const walks = readWalks(readFileSync(join(root, 'docs/architecture.md'), 'utf8'));
  for (const [title, limits] of Object.entries(LIMITS)) {
    const walk = walks.get(title) ?? [];
    const faults = walk.length === 0 ? ['docs/architecture.md contains no frames'] : walkFaults(root, walk, limits);
    console.log(`${title}: ${walk.length} frames, ${new Set(walk.map(({ file }) => file)).size} files`);
    for (const fault of faults) console.log(`  ✗ ${fault}`);
    if (faults.length > 0) process.exitCode = 1;
  }
}

/** @param {import('./house/house.sources.mjs').Source[]} sources */
function printFigures(sources) {
  for (const project of [...new Set(sources.map(source => source.project)), 'in all']) {
    const some = sources.filter(source => project === 'in all' || source.project === project);
    const { files, lines, median, p90, max, shortPercent } = lengths(some);
    console.log(
      `${project}: ${files} files, ${lines} lines, median ${median}, p90 ${p90}, longest ${max}, ${shortPercent}% up to 40 lines`
    );
  }
  const abstract = ports(sources);
  const single = abstract.filter(({ drivers }) => drivers === 1);
  console.log(`abstract classes: ${abstract.length}, with one implementation: ${single.length}`);
  for (const { name, path } of single) console.log(`  ${name} (${path})`);
  console.log(`exported names that are declared in several files: ${severalHomes(sources).length}`);
  const back = arrowsBack(sources, root);
  console.log(`backward dependencies between rooms: ${back.length}`);
  for (const { from, to, files } of back) console.log(`  ${from} -> ${to} (${files.join(', ')})`);
}
