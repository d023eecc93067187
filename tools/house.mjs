// @ts-check
/**
 * Measures the house: `npm run house` for the figures and `npm run house -- homes` for the names with several homes.
 * `--root DIR` measures another working copy.
 */
import { parseArgs } from 'node:util';
import { ROOT } from './install.mjs';
import { arrowsBack, lengths, ports, severalHomes } from './house/house.figures.mjs';
import { readSources } from './house/house.sources.mjs';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { root: { type: 'string', default: ROOT } } });
const [what = 'figures'] = positionals;
const { root } = values;

const sources = readSources(root);
const homes = severalHomes(sources);
if (what === 'homes') for (const { name, paths } of homes) console.log(`${name}\n  ${paths.join('\n  ')}`);
else printFigures(sources, homes.length);

/** @param {import('./house/house.sources.mjs').Source[]} sources @param {number} homes */
function printFigures(sources, homes) {
  for (const project of [...new Set(sources.map(source => source.project)), 'in all']) {
    const some = sources.filter(source => project === 'in all' || source.project === project);
    const { files, lines, median, p90, max, shortPercent } = lengths(some);
    console.log(
      `${project}: ${files} files, ${lines} lines, median ${median}, p90 ${p90}, longest ${max}, ${shortPercent} % up to 40 lines`
    );
  }
  const abstract = ports(sources);
  const single = abstract.filter(({ drivers }) => drivers === 1);
  console.log(`abstract classes: ${abstract.length}, with one implementation: ${single.length}`);
  for (const { name, path } of single) console.log(`  ${name} (${path})`);
  console.log(`exported names with several homes: ${homes}`);
  const back = arrowsBack(sources, root);
  console.log(`arrows between rooms that run back: ${back.length}`);
  for (const { from, to, files } of back) console.log(`  ${from} -> ${to} (${files.join(', ')})`);
}
