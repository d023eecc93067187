import { readFile } from 'node:fs/promises';
import { Injectable } from '@nestjs/common';
import { createLocalJWKSet, errors, type FlattenedJWSInput, type JSONWebKeySet, type JWSHeaderParameters } from 'jose';
import { Egress } from '../../egress/egress.js';

/** The source of an issuer's public keys. */
export abstract class JwksSource {
  /** Returns the key set as JSON text. Throws if it is not available. */
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

/** Fetches documents for this edge. All requests go through it, so that it can check their addresses. */
export abstract class DocumentFetch {
  /** Returns the body of a 200 response. Throws for any other status, for a redirect, beyond `maxBytes` or after `timeoutMs`. */
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

/** Returns the public keys in a JWKS text. Secret keys are dropped, so that no algorithm can mistake one kind for the other. Throws if no key is left. */
export function parseJwks(text: string): JSONWebKeySet {
  const parsed = JSON.parse(text) as Partial<JSONWebKeySet> | null;
  const keys = Array.isArray(parsed?.keys) ? parsed.keys.filter(key => key.kty === 'RSA' || key.kty === 'EC') : [];
  if (keys.length === 0) throw new Error('the JWKS contains no RSA or EC key');
  return { keys };
}

/** A key set is read again after this time, or sooner if a token names a key that it does not contain. */
const MAX_AGE_MS = 600_000;
/** An unknown key name causes a read only if the last one is older than this: made-up key names must not cause a request each. */
const COOL_DOWN_MS = 30_000;

type KeySet = ReturnType<typeof createLocalJWKSet>;

/** The public keys of an issuer, refreshed regularly. While the source is unreachable, the previous keys remain valid. */
export class JwksKeys {
  private keys: KeySet | null = null;
  private readAt = -Infinity;
  private reading: Promise<void> | null = null;

  constructor(
    private readonly source: JwksSource,
    private readonly onFailure: (error: unknown) => void
  ) {}

  /** Returns the key that a token's header names. Throws `JWKSNoMatchingKey` of `jose` if there is no such key or no key at all. */
  async keyFor(header: JWSHeaderParameters, token: FlattenedJWSInput): Promise<Awaited<ReturnType<KeySet>>> {
    if (this.ageMs() > MAX_AGE_MS) await this.refresh();
    try {
      return await this.known()(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || this.ageMs() <= COOL_DOWN_MS) throw error;
      await this.refresh();
      return this.known()(header, token);
    }
  }

  /** Reads the keys now. Never rejects: a failure is passed to `onFailure`, and the previous keys remain. */
  async refresh(): Promise<void> {
    this.reading ??= this.read().finally(() => (this.reading = null));
    await this.reading;
  }

  private async read(): Promise<void> {
    this.readAt = performance.now();
    try {
      this.keys = createLocalJWKSet(parseJwks(await this.source.read()));
    } catch (error) {
      this.onFailure(error);
    }
  }

  private known(): KeySet {
    if (this.keys === null) throw new errors.JWKSNoMatchingKey('no keys are known yet');
    return this.keys;
  }

  private ageMs(): number {
    return performance.now() - this.readAt;
  }
}

/** Fetches documents through the guard that checks all outgoing requests of an edge. */
@Injectable()
export class EgressDocumentFetch extends DocumentFetch {
  constructor(private readonly egress: Egress) {
    super();
  }

  async fetchText(url: URL, { maxBytes, timeoutMs }: { maxBytes: number; timeoutMs: number }): Promise<string> {
    const headers = { accept: 'application/json' };
    const { status, body } = await this.egress.fetch({
      url: url.href,
      method: 'GET',
      headers,
      timeoutMs,
      redirects: 'refuse',
      response: { maxBytes }
    });
    if (status !== 200) throw new Error(`the server answered with status ${status}`);
    return Buffer.from(body).toString('utf8');
  }
}
