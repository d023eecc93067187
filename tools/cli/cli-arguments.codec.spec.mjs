// @ts-check
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identify } from '../process/process-identity.mjs';
import { dataFolderOf, runningFolderOf } from './cli-arguments.codec.mjs';

describe('the data folder of a command', () => {
  /** @type {string} */
  let root;
  /** @type {string} */
  let usual;
  /** @type {string} */
  let demo;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'wabus-cli-folder-'));
    usual = join(root, '.wabus');
    demo = join(usual, 'demo');
    mkdirSync(demo, { recursive: true });
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  /** @param {string} folder @param {object | null} owner */
  const hold = (folder, owner) => writeFileSync(join(folder, 'start.lock'), JSON.stringify({ owner, url: null, children: [] }));

  it('is the given one', () => {
    hold(demo, identify(process.pid));
    expect([runningFolderOf('/data', root), dataFolderOf('/data')]).toEqual(['/data', '/data']);
  });

  it('is that of npm start if nothing runs', () => {
    expect(runningFolderOf(undefined, root)).toBe(usual);
  });

  it('is that of the demo while only the demo runs', () => {
    hold(demo, identify(process.pid));
    expect(runningFolderOf(undefined, root)).toBe(demo);
    hold(usual, identify(process.pid));
    expect(runningFolderOf(undefined, root)).toBe(usual);
  });

  it('is not that of a demo that was killed', () => {
    hold(demo, { pid: process.pid, startedAt: 'another boot/2' });
    expect(runningFolderOf(undefined, root)).toBe(usual);
  });
});
