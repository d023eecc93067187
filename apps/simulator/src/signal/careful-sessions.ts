import { createRequire } from 'node:module';

/** The parts of a libsignal Signal session that reading a message changes. */
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
 * Makes libsignal try a message on copies of the sessions with a contact, and keep only the copy that could read it. Unpatched libsignal advances the
 * ratchet of each session that it tries, including those to which the message does not belong. Messages in transit over an older session while a new
 * one is opened (after each restart, because Baileys opens one with its first message) would then ruin the new one for good. A message that was read
 * before is refused with `MessageCounterError`, not as one that no session can read.
 *
 * The connector has the same code. The boundaries prevent either app from importing the
 * other, and a shared library would put a patch of libsignal into every process. Change both.
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
        // Only the session that owns the chain can detect that the key is used up.
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

/** Also deletes fields that the copy no longer has, for example the mark of a session to which the contact has not responded yet. */
function replace(session: SessionEntry, attempt: SessionEntry): void {
  for (const name of Object.keys(session)) delete (session as unknown as Record<string, unknown>)[name];
  Object.assign(session, attempt);
}
