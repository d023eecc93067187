import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const KEY_BYTES = 32;

/** A key that encrypts auth state, with the short id by which ciphertexts refer to it. */
export interface AuthKey {
  /** First four bytes of a hash of the key. */
  readonly id: Buffer;
  readonly secret: Buffer;
}

/**
 * Returns the keys in a key file: the first encrypts, all decrypt. If the file does not exist, creates it with a new key, readable only by its owner.
 * Throws an error that says what is wrong with which line, but never contains the line's content.
 */
export function openAuthKeyFile(path: string): AuthKey[] {
  if (!existsSync(path)) createAuthKeyFile(path);
  return parseAuthKeys(readFileSync(path, 'utf8'), path);
}

/** Parses keys of 32 bytes in base64, one per line; empty lines and lines that begin with `#` are ignored. Errors name `source`. */
export function parseAuthKeys(text: string, source: string): AuthKey[] {
  const lines = text.split(/\r?\n/).map((line, index) => ({ content: line.trim(), number: index + 1 }));
  const keys = lines
    .filter(({ content }) => content !== '' && !content.startsWith('#'))
    .map(({ content, number }) => {
      const secret = Buffer.from(content, 'base64');
      if (secret.length !== KEY_BYTES || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(content)) {
        throw new Error(
          `${source}, line ${number}: a key has ${KEY_BYTES} bytes in base64; this one has ${secret.length}. Create one with: openssl rand -base64 ${KEY_BYTES}`
        );
      }
      return authKey(secret);
    });
  if (keys.length === 0) throw new Error(`${source} contains no key. Create one with: openssl rand -base64 ${KEY_BYTES}`);
  return keys;
}

export function authKey(secret: Buffer): AuthKey {
  const id = createHash('sha256').update('wabus auth key id').update(secret).digest().subarray(0, 4);
  return { id, secret };
}

/** Creates the file atomically, even if several processes create it at once: one succeeds, and all read its file. */
function createAuthKeyFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    writeFileSync(draft, `${randomBytes(KEY_BYTES).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
    chmodSync(draft, 0o600);
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}
