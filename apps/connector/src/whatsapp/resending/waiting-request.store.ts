import { createHash } from 'node:crypto';
import type { AuthState } from '../../auth-state/auth-state.js';
import type { RetryReceipt } from './retry-receipt.reader.js';

/** The type of the records in the auth state. */
const TYPE = 'resend-request';

type KeptRequest = RetryReceipt & { readonly at: number };

/**
 * Stores waiting resend requests in the auth state of a session. Their receipts are acknowledged, so WhatsApp does not deliver them again, and a device does
 * not repeat its request. Without this store, a crash would lose the requests, and the messages with them.
 */
export class WaitingRequestStore {
  private readonly kept = new Set<string>();

  constructor(private readonly auth: Pick<AuthState, 'writeKeys' | 'listKeys'>) {}

  /** Stores a request. Resolves once it is on disk. */
  async put(request: RetryReceipt): Promise<void> {
    const key = keyOf(request);
    this.kept.add(key);
    await this.auth.writeKeys({ [TYPE]: { [key]: { ...request, at: Date.now() } satisfies KeptRequest } });
  }

  /** Removes an answered request, whether it is stored or not. */
  async remove(request: RetryReceipt): Promise<void> {
    const key = keyOf(request);
    if (this.kept.delete(key)) await this.auth.writeKeys({ [TYPE]: { [key]: null } });
  }

  /** Resolves to the requests that an earlier process left, in the order of reception. */
  async list(): Promise<RetryReceipt[]> {
    const records = (await this.auth.listKeys(TYPE)) as Record<string, KeptRequest>;
    for (const key of Object.keys(records)) this.kept.add(key);
    return Object.values(records).sort((a, b) => a.at - b.at);
  }
}

function keyOf({ id, asker }: RetryReceipt): string {
  return createHash('sha256').update(`${id} ${asker}`).digest('hex').slice(0, 32);
}
