import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';

// Where a bundled process starts: the build copies this file beside `app.cjs`, and `app.cache` is what V8 compiled of it then.
// It saves Node.js parsing and compiling twelve megabytes at each start.
// Another version of V8 rejects it and compiles the bundle instead.
const file = fileURLToPath(new URL('app.cjs', import.meta.url));
const cacheFile = fileURLToPath(new URL('app.cache', import.meta.url));
// One byte a character: the build escapes the rest.
const source = `(function (exports, require, module, __filename, __dirname) {${readFileSync(file, 'latin1')}\n})`;
const script = new Script(source, { filename: file, cachedData: read(cacheFile) });
// As the build's last step: what was called until the process ended is in it too.
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
