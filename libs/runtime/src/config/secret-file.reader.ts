import { readFileSync, statSync } from 'node:fs';

export interface SecretFile {
  value: string;
  /** Set if users other than the owner can read the file. */
  warning?: string;
}

/** Reads a secret from a file and trims white space. Throws the file system's error if the file is unreadable, or an Error if it is empty. */
export function readSecretFile(path: string): SecretFile {
  const value = readFileSync(path, 'utf8').trim();
  if (value === '') throw new Error('the file is empty');
  const open = process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0;
  return open ? { value, warning: `${path} can be read by users other than its owner: chmod 600 ${path}` } : { value };
}
