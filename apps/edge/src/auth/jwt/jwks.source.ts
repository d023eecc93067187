import { readFile } from 'node:fs/promises';
import { Injectable } from '@nestjs/common';
import { createLocalJWKSet, errors, type FlattenedJWSInput, type JSONWebKeySet, type JWSHeaderParameters } from 'jose';
import { Egress } from '../../egress/egress.js';

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
  if (keys.length === 0) throw new Error('the JWKS contains no RSA or EC key');
  return { keys };
}

/** A key set is read again after this long, and sooner when a token names a key that is not in it. */
const MAX_AGE_MS = 600_000;
/** A stranger who makes up key names must not make us fetch for each. */
const COOL_DOWN_MS = 30_000;

type KeySet = ReturnType<typeof createLocalJWKSet>;

/** The public keys of an issuer, kept fresh. While their source is unreachable, the previous keys stay valid. */
export class JwksKeys {
  private keys: KeySet | null = null;
  private readAt = -Infinity;
  private reading: Promise<void> | null = null;

  constructor(
    private readonly source: JwksSource,
    private readonly onFailure: (error: unknown) => void
  ) {}

  /** The key that a token's header asks for. Throws what `jose` throws when there is none, or the last failure when there are no keys at all. */
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

  /** Reads the keys now. Throws when that fails and none are known. */
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

/** Through the guard that every request of an edge passes. */
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
