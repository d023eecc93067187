import { readFile, writeFile } from 'node:fs/promises';
import { Curve, type KeyPair } from '@whiskeysockets/baileys';

/**
 * Reads the root key pair from a file of JSON `{private, public}` in base64, or makes one and writes it (mode 0600) when there is no such
 * file. Rejects on a file that holds something else.
 */
export async function loadRootKey(path: string): Promise<KeyPair> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (err) {
    if ((err as NodeJS.ErrnoException).code !== 'ENOENT') throw err;
    const fresh = Curve.generateKeyPair();
    const stored = { private: Buffer.from(fresh.private).toString('base64'), public: Buffer.from(fresh.public).toString('base64') };
    await writeFile(path, JSON.stringify(stored), { mode: 0o600 });
    return fresh;
  }
  const stored = JSON.parse(text) as { private?: unknown; public?: unknown };
  if (typeof stored.private !== 'string' || typeof stored.public !== 'string') throw new Error(`${path} holds no key pair`);
  const pair = { private: Buffer.from(stored.private, 'base64'), public: Buffer.from(stored.public, 'base64') };
  if (pair.private.length !== 32 || pair.public.length !== 32) throw new Error(`${path} holds keys of a wrong length`);
  return pair;
}
