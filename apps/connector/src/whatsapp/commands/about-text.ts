import type { CommandReply, CommandRequest } from '@wabus/contracts';
import type { WASocket } from '@whiskeysockets/baileys';
import { isBadRequest, mexQuery } from '../queries/mex.query.js';

/** The mutation of the official client (whatsmeow 662b0121, 6 Aug 2026). */
const UPDATE_TEXT_STATUS = '9152604461510864';
const DAY_SECONDS = 86_400;

type AboutSocket = Pick<WASocket, 'query' | 'updateProfileStatus'>;
type AboutText = CommandRequest<'updateProfileStatus'>;

/**
 * Changes the about text, which is the line below the name. Like the official client, it runs the mutation that has worked since 2025, and then sends the
 * `status` iq, which alone changes nothing. Without a duration, it first requests a text that does not expire. WhatsApp has been observed to refuse that with
 * 400 (Baileys PR 2798); the text then expires after a day, which the reply reports in `durationSeconds`.
 */
export async function updateAboutText(socket: AboutSocket, about: AboutText): Promise<CommandReply<'updateProfileStatus'>> {
  const durationSeconds = await setTextStatus(socket, about);
  await socket.updateProfileStatus(about.status);
  return { durationSeconds };
}

async function setTextStatus(socket: AboutSocket, { status, emoji, duration }: AboutText): Promise<number | null> {
  if (status === '' && !emoji) {
    await send(socket, { text: null, ephemeral_duration_sec: 0 });
    return null;
  }
  const input = { text: status === '' ? null : status, ...(emoji ? { emoji: { content: emoji } } : {}) };
  if (duration) {
    await send(socket, { ...input, ephemeral_duration_sec: duration });
    return duration;
  }
  try {
    await send(socket, { ...input, ephemeral_duration_sec: 0 });
    return null;
  } catch (error) {
    if (!isBadRequest(error)) throw error;
    await send(socket, { ...input, ephemeral_duration_sec: DAY_SECONDS });
    return DAY_SECONDS;
  }
}

function send(socket: AboutSocket, input: object): Promise<unknown> {
  return mexQuery(socket, { queryId: UPDATE_TEXT_STATUS, variables: { input }, path: 'xwa2_update_text_status' });
}
