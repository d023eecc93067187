import type { CommandReply, CommandRequest } from '@wabus/contracts';
import type { BinaryNode, WASocket } from '@whiskeysockets/baileys';
import { getBinaryNodeChild } from '../baileys.js';
import { usyncQuery } from '../queries/usync.query.js';

/** An about text: the fields that Baileys has under Baileys' names, which clients know, and the fields that WhatsApp added with texts that expire. */
interface AboutText {
  /** Empty if it is hidden from this account, `null` if there is none. The emoji precedes the text. */
  readonly status: string | null;
  readonly setAt: Date;
  readonly emoji: string | null;
  /** `null` if the text does not expire, or if WhatsApp does not report when. */
  readonly expiresAt: Date | null;
}

/** Resolves to the about texts of people, with their expiry, which usync reports only under `text_status` (whatsmeow 662b0121). */
export async function fetchAboutTexts(
  socket: Pick<WASocket, 'query' | 'generateMessageTag'>,
  { jids }: CommandRequest<'fetchStatus'>
): Promise<CommandReply<'fetchStatus'>> {
  const protocols = ['status', 'text_status'].map(tag => ({ tag, attrs: {} }));
  const users = await usyncQuery(
    socket,
    protocols,
    jids.map(jid => ({ tag: 'user', attrs: { jid } }))
  );
  return users.flatMap(user => {
    const id = user.attrs['jid'];
    const status = aboutText(getBinaryNodeChild(user, 'status'), getBinaryNodeChild(user, 'text_status'));
    return id === undefined || status === null ? [] : [{ id, status }];
  });
}

function aboutText(status: BinaryNode | undefined, ending: BinaryNode | undefined): AboutText | null {
  if (!status) return null;
  const { ephemeral_duration_sec: duration = '0', last_update_time: since = '0' } = ending?.attrs ?? {};
  const endsAt = Number(duration) > 0 ? (Number(since) + Number(duration)) * 1_000 : null;
  const text = status.content instanceof Uint8Array ? Buffer.from(status.content).toString('utf8') : (status.content ?? '');
  return {
    status: typeof text === 'string' && text !== '' ? text : status.attrs['code'] === '401' ? '' : null,
    setAt: new Date(Number(status.attrs['t'] ?? 0) * 1_000),
    emoji: getBinaryNodeChild(ending, 'emoji')?.attrs['content'] ?? null,
    expiresAt: endsAt === null ? null : new Date(endsAt)
  };
}
