import { createLocalJWKSet, errors, type FlattenedJWSInput, type JWSHeaderParameters } from 'jose';
import { parseJwks, type JwksSource } from './jwks.source.js';

/** A key set is read again after this long, and sooner when a token names a key that is not in it. */
const MAX_AGE_MS = 600_000;
/** A stranger who makes up key names must not make us fetch for each. */
const COOL_DOWN_MS = 30_000;

type KeySet = ReturnType<typeof createLocalJWKSet>;

/** The public keys of an issuer, kept fresh. While their source cannot be reached, those known before go on to count. */
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
