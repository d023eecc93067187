import { readFileSync, statSync } from 'node:fs';

export interface SecretFile {
  value: string;
  /** Set when others than the owner may read the file. */
  warning?: string;
}

/** Reads a secret from a file, without surrounding white space. Throws the file system's error when it cannot be read, or an Error when it is empty. */
export function readSecretFile(path: string): SecretFile {
  const value = readFileSync(path, 'utf8').trim();
  if (value === '') throw new Error('the file is empty');
  const open = process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0;
  return open ? { value, warning: `${path} can be read by users other than its owner: chmod 600 ${path}` } : { value };
}
