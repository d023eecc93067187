import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import GivenOrderSequencer, { ORDER_VARIABLE } from './given-order.sequencer.mjs';
import { divideFiles, longestFirst, removeGroups, resultsOfFiles, writeGroups } from './spec-groups.mjs';

let root;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'wabus-groups-'))));
afterEach(() => rmSync(root, { recursive: true }));

function write(path, text) {
  mkdirSync(join(root, dirname(path)), { recursive: true });
  writeFileSync(join(root, path), text);
  return path;
}
const fileOf = (name, bytes) => write(`apps/edge/src/${name}.spec.ts`, '/'.repeat(bytes));

describe('files in groups', () => {
  it('share a context with files of the same project', () => {
    const files = [...['a', 'b', 'c'].map(name => fileOf(name, 10)), write('libs/broker/src/a.spec.ts', '')];
    const groups = divideFiles(root, files, 2);
    expect(groups.map(group => group.length).sort()).toEqual([1, 1, 2]);
    expect(groups.flat().sort()).toEqual([...files].sort());
    for (const group of groups) expect(new Set(group.map(file => file.split('/')[1])).size).toBe(1);
  });

  it('take about the same time in each group', () => {
    const groups = divideFiles(root, [fileOf('a', 90), fileOf('b', 80), fileOf('c', 20), fileOf('d', 10)], 2);
    expect(groups.map(group => group.map(file => file.at(-9)).sort())).toEqual([
      ['a', 'd'],
      ['b', 'c']
    ]);
  });

  it('run longest first', () => {
    const [short, long, middle] = [fileOf('short', 10), fileOf('long', 90), fileOf('middle', 40)];
    expect(longestFirst(root, [[short], [long, middle], [middle]])).toEqual([[long, middle], [middle], [short]]);
    process.env[ORDER_VARIABLE] = [long, short].join('\n');
    const tests = [short, long].map(file => ({ path: join(root, file) }));
    expect(new GivenOrderSequencer().sort(tests)).toEqual([...tests].reverse());
    delete process.env[ORDER_VARIABLE];
  });

  it('leave a file with fake timers in a separate context', () => {
    const clock = write('apps/edge/src/clock.spec.ts', 'jest.useFakeTimers();');
    expect(divideFiles(root, [fileOf('a', 1), clock, fileOf('b', 1)], 9)).toContainEqual([clock]);
  });

  it('are written as one file, except a group of one', () => {
    const [a, b, c] = ['a', 'b', 'c'].map(name => fileOf(name, 1));
    const groups = writeGroups(root, [[a, b], [c]]);
    const [path] = groups.keys();
    expect([...groups.values()]).toEqual([[a, b], [c]]);
    expect([...groups.keys()][1]).toBe(c);
    expect(readFileSync(join(root, path), 'utf8')).toContain(`await specFile("${a}", () => import("../../src/a.spec.ts"));`);
    removeGroups(root, [a]);
    expect(existsSync(join(root, path))).toBe(false);
  });

  it('keep their tier', () => {
    const files = ['a', 'b'].map(name => write(`apps/edge/src/${name}.int.spec.ts`, ''));
    expect([...writeGroups(root, [files]).keys()][0]).toMatch(/\.int\.spec\.mjs$/);
  });

  it('have separate results, and fail if there is none', () => {
    const of = (file, status) => ({ status, ancestorTitles: [file, 'block'] });
    const groups = new Map([['apps/edge/dist/spec-groups/0.spec.mjs', ['a', 'b', 'c']]]);
    const testResults = [
      {
        name: join(root, 'apps/edge/dist/spec-groups/0.spec.mjs'),
        status: 'failed',
        assertionResults: [of('a', 'passed'), of('b', 'passed'), of('b', 'failed')]
      },
      { name: join(root, 'd'), status: 'passed', assertionResults: [of('x', 'passed')] }
    ];
    const found = resultsOfFiles(root, { testResults }, groups).testResults;
    expect(found.map(({ name, status, assertionResults }) => [name.slice(root.length + 1), status, assertionResults.length])).toEqual([
      ['a', 'passed', 1],
      ['b', 'failed', 2],
      ['c', 'failed', 0],
      ['d', 'passed', 1]
    ]);
  });
});
