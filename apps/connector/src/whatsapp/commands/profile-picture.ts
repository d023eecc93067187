import { Boom } from '@hapi/boom';
import type { CommandRequest } from '@wabus/contracts';
import type { WASocket } from '@whiskeysockets/baileys';

/** The codes for no picture and a hidden picture (whatsmeow `ErrProfilePictureNotSet`, `ErrProfilePictureUnauthorized`). */
const NO_PICTURE: ReadonlySet<unknown> = new Set([404, 401]);

/** Resolves to the URL of a profile picture, or to `null` if there is none or it is hidden from this account. */
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
