import { Boom } from '@hapi/boom';
import type { CommandRequest } from '@wabus/contracts';
import type { WASocket } from '@whiskeysockets/baileys';

/** Not there, and not shown to this account (whatsmeow `ErrProfilePictureNotSet`, `ErrProfilePictureUnauthorized`). */
const NO_PICTURE: ReadonlySet<unknown> = new Set([404, 401]);

/** Where a picture lies, `null` when there is none to see. */
export async function pictureUrl(
  socket: Pick<WASocket, 'profilePictureUrl'>,
  { jid, type }: CommandRequest<'profilePictureUrl'>
): Promise<string | null> {
  try {
    return (await socket.profilePictureUrl(jid, type ?? undefined)) ?? null;
  } catch (error) {
    if (error instanceof Boom && NO_PICTURE.has(error.data)) return null;
    throw error;
  }
}
