import { createRequire } from 'node:module';

/** The parts of a libsignal session that change when a message is read. */
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
 * Makes libsignal try a message on copies of the sessions with a contact, and keep only the copy that could read it. Unpatched, libsignal steps the ratchet of
 * each session that it tries, even of sessions to which the message does not belong. Baileys opens a new session with its first message after each restart;
 * messages that are in flight on an older session at that time would damage the new session permanently. A message that was read before is refused with
 * `MessageCounterError`, not as a message that no session can read.
 *
 * The simulator has the same code; change both. The boundaries do not permit one app to import the other, and a shared library would put a patch of libsignal
 * into every process.
 */
export function installCarefulSessions(): void {
  const require = createRequire(import.meta.url);
  const { prototype } = require('libsignal/src/session_cipher.js') as { prototype: CipherPrototype };
  const errors = require('libsignal/src/errors.js') as Record<'SessionError' | 'MessageCounterError', new (message: string) => Error>;
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
        // Only the session with the message's chain reports that the key is used up.
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

/** Replaces the fields of a session with those of its copy. This also removes fields, such as the mark of a session that the contact has not answered yet. */
function replace(session: SessionEntry, attempt: SessionEntry): void {
  for (const name of Object.keys(session)) delete (session as unknown as Record<string, unknown>)[name];
  Object.assign(session, attempt);
}
