import { readFile } from 'node:fs/promises';
import type { JSONWebKeySet } from 'jose';

/** Where public keys come from. */
export abstract class JwksSource {
  /** The key set as text, JSON. Throws when it cannot be had now. */
  abstract read(): Promise<string>;
}

export class JwksFile extends JwksSource {
  constructor(private readonly file: string) {
    super();
  }

  read(): Promise<string> {
    return readFile(this.file, 'utf8');
  }
}

/** Fetches a document for this edge: the one way out, so that addresses can be guarded there. */
export abstract class DocumentFetch {
  /** The body of a 200 answer. Throws on any other, on a redirect, beyond `maxBytes` or after `timeoutMs`. */
  abstract fetchText(url: URL, limits: { maxBytes: number; timeoutMs: number }): Promise<string>;
}

const LIMITS = { maxBytes: 262_144, timeoutMs: 5_000 };

export class JwksUrl extends JwksSource {
  constructor(
    private readonly url: URL,
    private readonly documents: DocumentFetch
  ) {
    super();
  }

  read(): Promise<string> {
    return this.documents.fetchText(this.url, LIMITS);
  }
}

/** The public keys in a JWKS text. Secret keys do not belong there and are left out, so that no algorithm can take one for the other. Throws when it holds no key. */
export function parseJwks(text: string): JSONWebKeySet {
  const parsed = JSON.parse(text) as Partial<JSONWebKeySet> | null;
  const keys = Array.isArray(parsed?.keys) ? parsed.keys.filter(key => key.kty === 'RSA' || key.kty === 'EC') : [];
  if (keys.length === 0) throw new Error('the JWKS holds no RSA or EC key');
  return { keys };
}
