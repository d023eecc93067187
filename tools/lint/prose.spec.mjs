import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { faultsOf, hitsIn } from './prose.mjs';
import { PATTERNS } from './prose/prose.patterns.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** One sentence per pattern, in the order of the patterns. */
const PLANTED = [
  'Sessions move by themselves.',
  'Delivery goes on after the outage.',
  'The client is told of each gap.',
  'The event tells of a failure.',
  'Look up what one sees in this table.',
  'This is enough for one who subscribes late.',
  'It lasts longer than one thinks.',
  'It undoes a logout that was none.',
  'Nothing of it counts before the end.',
  'The listener hears what becomes of it.',
  'The key is not to be shared.',
  'The batch is as large as can be.',
  'This is what it means to webhooks.',
  'It returns what there is to know.',
  'The drill lets loose three faults.',
  'The phone has not got it.',
  'The tokens of before count.',
  'It holds in so far as the log is kept.',
  'The log is started anew.',
  'The key is gone, hence the session ends.',
  'It keeps no state. Nor does it read any.',
  'Right is the first answer.',
  'An entry expires, and so can it for channels.',
  'The record, or null when it is none.',
  'It is null for what is none.',
  'The phone was asked in vain.',
  'The record is kept for ever.',
  'The other doors do the same.',
  'One that ended, by whatever cause, counts.',
  'A connector silent for so long is dead.',
  'It stands in the message.',
  'The edge recognises the copy.',
  'The behaviour does not change.',
  'The link was cancelled.'
];

describe('the prose check', () => {
  it('has a planted fault for each pattern', () => assert.equal(PLANTED.length, PATTERNS.length));

  for (const [index, sentence] of PLANTED.entries()) {
    const { instead } = PATTERNS[index];
    it(`refuses: ${sentence}`, () => {
      for (const [path, text] of [
        ['docs/page.md', sentence],
        ['apps/edge/src/planted.ts', `// ${sentence}\n`],
        ['apps/edge/src/planted.ts', `logger.warn({ session }, '${sentence}');\n`],
        ['libs/contracts/src/planted-catalog.ts', `export const row = { meaning: \`${sentence}\` };\n`]
      ])
        assert.ok(
          hitsIn(path, text).some(hit => hit.instead === instead),
          `in ${path}`
        );
    });
  }

  it('finds a phrase over two lines, with its line number', () => {
    assert.deepEqual(
      hitsIn('apps/edge/src/planted.ts', 'const a = 1;\n/**\n * Sessions move by\n * themselves.\n */\n').map(({ line }) => line),
      [3]
    );
  });

  it('ignores code, links and identifiers', () => {
    assert.deepEqual(hitsIn('docs/page.md', 'See `goes on` and [it](goes-on.md).\n\n```sh\n# goes on\n```\n'), []);
    assert.deepEqual(hitsIn('apps/edge/src/planted.ts', "const hence = 'anew';\nhence.anew();\n"), []);
    assert.deepEqual(hitsIn('apps/edge/src/planted.spec.ts', "send('it goes on and on');\n"), []);
  });

  it('refuses an exempt file without hits', () => {
    assert.match(faultsOf([], ['docs/clean.md']).join(), /docs\/clean\.md has no such phrase any longer/);
  });
});

describe('the list of exempt files', () => {
  let house;
  const plant = async (path, text) => {
    await mkdir(dirname(join(house, path)), { recursive: true });
    await writeFile(join(house, path), text);
  };
  const run = (...args) => {
    try {
      execFileSync(process.execPath, ['tools/lint/prose.mjs', ...args], { cwd: house, encoding: 'utf8', stdio: 'pipe' });
      return '';
    } catch (error) {
      return error.stderr;
    }
  };

  before(async () => {
    house = await mkdtemp(join(tmpdir(), 'wabus-prose-'));
    execFileSync('git', ['init', '--quiet'], { cwd: house });
    for (const path of ['prose.mjs', 'prose', 'exempt/exemptions.reader.mjs'])
      await cp(join(root, 'tools/lint', path), join(house, 'tools/lint', path), { recursive: true });
    await plant('docs/old.md', 'It goes on.\n');
  });
  after(() => rm(house, { recursive: true, force: true }));

  it('contains the files with hits, which then pass', () => {
    assert.match(run(), /docs\/old\.md:1 {2}"goes on": write continues/);
    assert.equal(run('--write'), '');
    assert.equal(run(), '');
  });

  it('does not grow', async () => {
    await plant('docs/new.md', 'It goes on.\n');
    assert.match(run(), /docs\/new\.md:1/);
    assert.match(run('--write'), /may only shrink/);
  });

  it('shrinks with the hits', async () => {
    await plant('docs/new.md', 'It continues.\n');
    await plant('docs/old.md', 'It continues.\n');
    assert.match(run(), /docs\/old\.md has no such phrase any longer/);
    assert.equal(run('--write'), '');
    assert.equal(run(), '');
  });
});
