import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';

// The entry point of a bundled process: the build copies this file next to `app.cjs`, and `app.cache` contains V8's compiled code of `app.cjs`.
// This saves Node.js from parsing and compiling twelve megabytes at each start.
// A different version of V8 rejects the cache and compiles the bundle instead.
const file = fileURLToPath(new URL('app.cjs', import.meta.url));
const cacheFile = fileURLToPath(new URL('app.cache', import.meta.url));
// One byte per character: the build escapes all others.
const source = `(function (exports, require, module, __filename, __dirname) {${readFileSync(file, 'latin1')}\n})`;
const script = new Script(source, { filename: file, cachedData: read(cacheFile) });
// The last step of the build: the cache then also contains the functions that were called before the process ended.
if (process.execArgv.includes('--title=wabus-code-cache')) process.once('exit', () => writeFileSync(cacheFile, script.createCachedData()));
const module = { exports: {} };
script.runInThisContext()(module.exports, createRequire(file), module, file, dirname(file));

/** @param {string} path */
function read(path) {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
