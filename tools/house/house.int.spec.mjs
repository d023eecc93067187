// @ts-check
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

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

it('fails when an exported name gets a second home', () => {
  plant('apps/one/src/first.ts', 'export class Planted {}\n');
  plant('libs/two/src/second.ts', 'export const other = 1;\n');
  expect(house('homes')).toMatchObject({ status: 0, stdout: '' });
  plant('libs/two/src/second.ts', 'export interface Planted {}\n');
  const { status, stdout } = house('homes');
  expect({ status, stdout }).toMatchObject({ status: 1, stdout: expect.stringContaining('Planted: one name, one home') });
});

it('fails when a frame of a walk is gone', () => {
  plant('apps/one/src/first.ts', 'export function first(): void {\n  return;\n}\n');
  plant('libs/two/src/second.ts', 'export const other = 1;\n');
  plant(
    'docs/architecture.md',
    '## Frames\n\n### An inbound message\n\n1. `apps/one/src/first.ts#first`\n\n### A command\n\n1. `apps/one/src/first.ts#second`\n'
  );
  const { status, stdout } = house('walks');
  expect(status).toBe(1);
  expect(stdout).toContain('An inbound message: 1 frames, 1 files\nA command');
  expect(stdout).toContain('apps/one/src/first.ts has no second');
});
