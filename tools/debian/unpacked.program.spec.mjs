// @ts-check
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { libraryFolders } from './unpacked.program.mjs';

test('every folder with libraries is found', () => {
  const root = mkdtempSync(join(tmpdir(), 'wabus-libraries-'));
  try {
    for (const file of [
      'usr/lib/x86_64-linux-gnu/libavcodec.so.59',
      'usr/lib/x86_64-linux-gnu/blas/libblas.so.3',
      'usr/lib/x86_64-linux-gnu/pulseaudio/libpulsecommon-16.1.so',
      'lib/x86_64-linux-gnu/libz.so.1.2.13',
      'usr/lib/x86_64-linux-gnu/pkgconfig/z.pc',
      'usr/bin/ffmpeg'
    ]) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), '');
    }
    expect(libraryFolders(root)).toEqual([
      'lib/x86_64-linux-gnu',
      'usr/lib/x86_64-linux-gnu',
      'usr/lib/x86_64-linux-gnu/blas',
      'usr/lib/x86_64-linux-gnu/pulseaudio'
    ]);
    expect(libraryFolders(join(root, 'none'))).toEqual([]);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});
