// @ts-check
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CHECKS } from '../check/nx.targets.mjs';
import project from '../project.json' with { type: 'json' };

const MAIN = fileURLToPath(new URL('../house.mjs', import.meta.url));
/** @type {string} */
let root;

beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'wabus-house-'))));
afterEach(() => rmSync(root, { recursive: true }));

/** @param {string} path @param {string} text */
function plant(path, text) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** @param {string} what */
const house = what => spawnSync(process.execPath, [MAIN, what, '--root', root], { encoding: 'utf8' });

it('fails if an exported name gets a second home', () => {
  plant('apps/one/src/first.ts', 'export class Planted {}\n');
  plant('libs/two/src/second.ts', 'export const other = 1;\n');
  expect(house('homes')).toMatchObject({ status: 0, stdout: '' });
  plant('libs/two/src/second.ts', 'export interface Planted {}\n');
  const { status, stdout } = house('homes');
  expect({ status, stdout }).toMatchObject({ status: 1, stdout: expect.stringContaining('Planted: one name, one home') });
});

/** @param {string} source @param {string[]} inbound @param {string[]} command */
function plantWalks(source, inbound, command) {
  plant('apps/one/src/first.ts', source);
  const list = (/** @type {string[]} */ names) => names.map((name, i) => `${i + 1}. \`apps/one/src/first.ts#${name}\`\n`).join('');
  plant('docs/architecture.md', `## Frames\n\n### An inbound message\n\n${list(inbound)}\n### A command\n\n${list(command)}`);
}

it('fails if a frame of a walk is missing', () => {
  plantWalks('export function first(): void {\n  return;\n}\n', ['first'], ['first']);
  expect(house('walks')).toMatchObject({ status: 0, stdout: 'An inbound message: 1 frames, 1 files\nA command: 1 frames, 1 files\n' });
  plantWalks('export function first(): void {\n  return;\n}\n', ['first'], ['second']);
  const { status, stdout } = house('walks');
  expect(status).toBe(1);
  expect(stdout).toContain('apps/one/src/first.ts has no second');
});

it('fails if a walk has too many frames', () => {
  const names = Array.from({ length: 15 }, (_, i) => `frame${i}`);
  const chain = names.map((name, i) => `function ${name}() {\n  return frame${i + 1}();\n}\n`).join('');
  plantWalks(chain, names.slice(0, 12), names.slice(0, 14));
  expect(house('walks').status).toBe(0);
  plantWalks(chain, names.slice(0, 13), names);
  const { status, stdout } = house('walks');
  expect(status).toBe(1);
  expect(stdout).toContain('13 frames, at most 12');
  expect(stdout).toContain('15 frames, at most 14');
});

it.each(['homes', 'walks'])('checks the %s in the lint', what => {
  const target = `lint:${what}`;
  expect(CHECKS.flatMap(({ targets }) => targets)).toContain(target);
  expect(/** @type {Record<string, { command?: string }>} */ (project.targets)[target]).toMatchObject({
    command: `node tools/house.mjs ${what}`
  });
});
