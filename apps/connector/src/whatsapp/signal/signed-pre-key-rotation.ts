import type { AuthenticationCreds, BinaryNode, SignedKeyPair } from '@whiskeysockets/baileys';
import type { Logger } from 'pino';
import { S_WHATSAPP_NET, signedKeyPair, xmppSignedPreKey } from '../baileys.js';
import { dueAt, nextKeyId, withOffered, withRotated, type CredentialsWithKeys, type RotatedCredentials } from './signed-pre-key.policy.js';

/** The longest wait between checks of the key's age, and the wait after a refusal. */
const LOOK_EVERY_MS = 3_600_000;

export interface RotationParts {
  readonly credentials: AuthenticationCreds;
  /** Changes credentials. Resolves once they are stored. */
  readonly change: (update: Partial<AuthenticationCreds>) => Promise<void>;
  readonly query: (iq: BinaryNode) => Promise<unknown>;
  /** The maximum age of a key, 27 days by default. */
  readonly maxAgeMs: number;
  readonly logger: Logger;
  readonly ended: AbortSignal;
}

/** Sends WhatsApp a new signed pre-key when the current one has reached its maximum age. Messages with the former keys remain readable. */
export class SignedPreKeyRotation {
  private timer: NodeJS.Timeout | null = null;

  constructor(private readonly parts: RotationParts) {
    parts.ended.addEventListener('abort', () => this.timer && clearTimeout(this.timer), { once: true });
  }

  /** Starts to check the age of the key. Call it after the login. */
  begin(): void {
    const { maxAgeMs } = this.parts;
    const credentials = this.parts.credentials as CredentialsWithKeys;
    const due = dueAt(credentials, Date.now(), { spread: Math.random(), maxAgeMs });
    if (credentials.signedPreKeyAt === undefined) this.inBackground(this.note({ signedPreKeyAt: due - maxAgeMs }));
    this.look();
  }

  private look(): void {
    const { credentials, maxAgeMs, ended } = this.parts;
    if (ended.aborted) return;
    const dueInMs = dueAt(credentials as CredentialsWithKeys, Date.now(), { spread: 0, maxAgeMs }) - Date.now();
    if (dueInMs <= 0) this.inBackground(this.rotate());
    // After an attempt, this is the wait before the next attempt.
    const waitMs = dueInMs <= 0 ? LOOK_EVERY_MS : Math.min(dueInMs, LOOK_EVERY_MS);
    this.timer = setTimeout(() => this.look(), waitMs).unref();
  }

  private async rotate(): Promise<void> {
    const { query, logger } = this.parts;
    const credentials = this.parts.credentials as AuthenticationCreds & RotatedCredentials;
    const next: SignedKeyPair = signedKeyPair(credentials.signedIdentityKey, nextKeyId(credentials));
    await this.note(withOffered(credentials, next));
    await query({
      tag: 'iq',
      attrs: { to: S_WHATSAPP_NET, type: 'set', xmlns: 'encrypt' },
      content: [{ tag: 'rotate', attrs: {}, content: [xmppSignedPreKey(next)] }]
    });
    await this.note(withRotated(credentials, next, Date.now()));
    logger.info({ keyId: next.keyId }, 'signed pre-key rotated');
  }

  private note(update: RotatedCredentials): Promise<void> {
    return this.parts.change(update as Partial<AuthenticationCreds>);
  }

  private inBackground(step: Promise<void>): void {
    step.catch((err: unknown) => {
      if (!this.parts.ended.aborted) this.parts.logger.warn({ err }, 'failed to rotate the signed pre-key, retrying later');
    });
  }
}
