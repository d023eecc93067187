import { retryWhileUnavailable } from '../../auth-state/auth-state.errors.js';
import type { AuthState } from '../../auth-state/auth-state.js';
import { MessageSecrets } from './message-secrets.store.js';

/** So many secrets may be in memory alone: the inbox journal has the last 64 ciphertexts, of which a message has two at most. */
const UNSTORED_WITH_JOURNAL = 16;

interface Kept {
  readonly owner: string | undefined;
  readonly secrets: MessageSecrets;
}

/** The secrets of sessions, from connection to connection, for as long as an auth state belongs to the same account. */
export class SessionSecrets {
  private readonly kept = new WeakMap<AuthState, Kept>();

  /** What is stored was replaced. */
  forget(auth: AuthState): void {
    this.kept.delete(auth);
  }

  /** Reads what is stored, unless that was done. Waits out a broker that does not answer. */
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
