// @ts-check
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { rotateLog } from './log.rotation.mjs';

/** @type {string} */
let folder;
/** @type {string} */
let file;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wabus-log-'));
  file = join(folder, 'x.log');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a log file', () => {
  it('stays unchanged until it is too large', () => {
    writeFileSync(file, 'x'.repeat(10));
    expect(rotateLog(file, { maxBytes: 10, keep: 2 })).toBe(false);
    expect(rotateLog(join(folder, 'absent.log'), { maxBytes: 10, keep: 2 })).toBe(false);
    expect(readdirSync(folder)).toEqual(['x.log']);
  });

  it('keeps the configured number of older files, private', () => {
    for (const content of ['aaaa', 'bbbb', 'cccc', 'dddd']) {
      writeFileSync(file, content);
      expect(rotateLog(file, { maxBytes: 3, keep: 2 })).toBe(true);
    }
    expect(readdirSync(folder).sort()).toEqual(['x.log', 'x.log.1', 'x.log.2']);
    expect([file, `${file}.1`, `${file}.2`].map(name => readFileSync(name, 'utf8'))).toEqual(['', 'dddd', 'cccc']);
    expect(statSync(`${file}.1`).mode & 0o777).toBe(0o600);
  });

  it('keeps no older file if the number is 0', () => {
    writeFileSync(file, 'aaaa');
    expect(rotateLog(file, { maxBytes: 3, keep: 0 })).toBe(true);
    expect(readdirSync(folder)).toEqual(['x.log']);
  });

  it('is rotated while a process continues to write', async () => {
    const log = openSync(file, 'a');
    const writer = spawn(process.execPath, ['-e', `setInterval(() => console.log('line '.repeat(20)), 1)`], {
      stdio: ['ignore', log, 'ignore']
    });
    closeSync(log);
    try {
      for (let rotations = 0; rotations < 3; await delay(5)) if (rotateLog(file, { maxBytes: 5_000, keep: 1 })) rotations++;
      while (statSync(file).size === 0) await delay(5);
      expect(readFileSync(file, 'utf8')).not.toContain('\0');
      expect(readFileSync(`${file}.1`, 'utf8')).toMatch(/^(line )+\n/);
      expect(existsSync(`${file}.2`)).toBe(false);
    } finally {
      writer.kill('SIGKILL');
      await once(writer, 'exit');
    }
  });
});
