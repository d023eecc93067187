import { publishLeft } from './left-messages.js';
import type { SessionParts } from './session-parts.js';

/** Publishes what was left, and forgets the account of a session. Settles with the snapshots of credentials that are kept, oldest first. */
export async function forgetCredentials(parts: SessionParts, how: 'keep-snapshots' | 'with-snapshots'): Promise<string[]> {
  const { auth, inbox } = parts;
  await publishLeft(parts);
  if (how === 'keep-snapshots') await auth.clear();
  else await auth.erase();
  inbox?.forget();
  return how === 'keep-snapshots' ? auth.snapshots() : [];
}
