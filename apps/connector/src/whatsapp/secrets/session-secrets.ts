import { retryWhileUnavailable } from '../../auth-state/auth-state.errors.js';
import type { AuthState } from '../../auth-state/auth-state.js';
import { MessageSecrets } from './message-secrets.store.js';

/** The number of secrets that may be in memory only: the inbox journal has the last 64 ciphertexts, and a message has at most two. */
const UNSTORED_WITH_JOURNAL = 16;

interface Kept {
  readonly owner: string | undefined;
  readonly secrets: MessageSecrets;
}

/** The secrets of sessions, kept across connections as long as an auth state belongs to the same account. */
export class SessionSecrets {
  private readonly kept = new WeakMap<AuthState, Kept>();

  /** Forgets the secrets of an auth state whose records were replaced. */
  forget(auth: AuthState): void {
    this.kept.delete(auth);
  }

  /** Resolves to the secrets of an auth state, which are read once. Waits for an unresponsive broker. */
  async of(
    auth: AuthState,
    owner: string | undefined,
    { journal, ended }: { journal: boolean; ended: AbortSignal }
  ): Promise<MessageSecrets> {
    const known = this.kept.get(auth);
    if (known && known.owner === owner) return known.secrets;
    const secrets = new MessageSecrets(auth, journal ? UNSTORED_WITH_JOURNAL : 1);
    if (owner !== undefined) await retryWhileUnavailable(() => secrets.load(), ended);
    this.kept.set(auth, { owner, secrets });
    return secrets;
  }
}
