import { createRequire } from 'node:module';

/** What a Signal session of libsignal is made of, as far as reading a message changes it. */
interface SessionEntry {
  currentRatchet: object;
  indexInfo: { used: number };
  _chains: Record<string, { chainKey: object; messageKeys: object }>;
}

interface CipherPrototype {
  doDecryptWhisperMessage(data: Buffer, session: SessionEntry): Promise<Buffer>;
  decryptWithSessions(data: Buffer, sessions: readonly SessionEntry[]): Promise<{ session: SessionEntry; plaintext: Buffer }>;
}

/**
 * As the connector does: makes libsignal try a message on copies of the sessions with a contact, and keep only the copy that could read it. Its own way steps the ratchet of each session that it
 * tries, also of those that the message does not belong to: whatever is in flight over an older session when a new one is opened (after each restart, since Baileys opens one
 * with its first message) would spoil the new one for good. A message that was read before is refused as such, with `MessageCounterError`, not as one that no session can read.
 *
 * The connector has the same code. The boundaries let neither app import the other, and a library of both would put a patch of libsignal into every process. Change both.
 */
export function installStrictSessions(): void {
  const load = createRequire(import.meta.url);
  const { prototype } = load('libsignal/src/session_cipher.js') as { prototype: CipherPrototype };
  const errors = load('libsignal/src/errors.js') as Record<'SessionError' | 'MessageCounterError', new (message: string) => Error>;
  prototype.decryptWithSessions = async function (data, sessions) {
    let usedBefore: Error | null = null;
    for (const session of sessions) {
      const attempt = copyOf(session);
      try {
        const plaintext = await this.doDecryptWhisperMessage(data, attempt);
        replace(session, attempt);
        session.indexInfo.used = Date.now();
        return { session, plaintext };
      } catch (error) {
        // Only the session whose chain it is can know that the key is used up.
        if (error instanceof errors.MessageCounterError) usedBefore = error;
      }
    }
    throw usedBefore ?? new errors.SessionError('No matching sessions found for message');
  };
}

function copyOf(session: SessionEntry): SessionEntry {
  const chains = Object.entries(session._chains).map(
    ([id, chain]) => [id, { ...chain, chainKey: { ...chain.chainKey }, messageKeys: { ...chain.messageKeys } }] as const
  );
  const parts = { currentRatchet: { ...session.currentRatchet }, indexInfo: { ...session.indexInfo }, _chains: Object.fromEntries(chains) };
  return Object.assign(Object.create(Object.getPrototypeOf(session) as object) as SessionEntry, session, parts);
}

/** Also takes away what the copy has no more, such as the mark of a session that the contact has not answered yet. */
function replace(session: SessionEntry, attempt: SessionEntry): void {
  for (const name of Object.keys(session)) delete (session as unknown as Record<string, unknown>)[name];
  Object.assign(session, attempt);
}
