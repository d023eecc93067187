// @ts-check
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDirectory } from './file.source.mjs';

describe('a folder of keys', () => {
  /** @type {string} */
  let root;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'wabus-import-'));
    for (const instance of ['7f9c', '8a0d']) {
      mkdirSync(join(root, instance));
      writeFileSync(join(root, instance, 'device-list-1.json'), '["0"]');
      // Evolution API stores the credentials elsewhere, so its folders are recognized by their pre-keys.
      writeFileSync(join(root, instance, 'pre-key-1.json'), JSON.stringify({ public: KEY, private: KEY }));
    }
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));
  const typesIn = (/** @type {string} */ folder, /** @type {string} */ name) =>
    readDirectory(folder, name)
      .device.records.map(({ type }) => type)
      .sort();

  it('is the session itself, or one of several by name', () => {
    expect(typesIn(join(root, '7f9c'), 'the-id-of-the-instance')).toEqual(['device-list', 'pre-key']);
    expect(typesIn(root, '7f9c')).toEqual(['device-list', 'pre-key']);
  });

  it('must be named if there are several', () => {
    expect(() => readDirectory(root)).toThrow(/7f9c, 8a0d/);
    expect(() => readDirectory(root, 'other')).toThrow(/other/);
  });
});

const KEY = { type: 'Buffer', data: Buffer.alloc(32, 7).toString('base64') };
