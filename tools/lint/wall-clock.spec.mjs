import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { WALL_CLOCK } from './wall-clock.table.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const ROOMS = ['apps/connector/src', 'apps/edge/src', 'libs/broker/src', 'libs/runtime/src', 'libs/contracts/src'];
const TEST = /\.(spec|fixture|conformance)\.ts$/;

test('only the listed files read the wall clock', () => {
  const listed = execFileSync('git', ['ls-files', ...ROOMS], { cwd: root, encoding: 'utf8' }).split('\n');
  const reading = listed.filter(
    file => file.endsWith('.ts') && !TEST.test(file) && readFileSync(join(root, file), 'utf8').includes('Date.now()')
  );
  assert.deepEqual(
    reading,
    Object.keys(WALL_CLOCK).sort(),
    'a duration needs performance.now(), a stored time that decides one steadyNow()'
  );
});
