import type { CommandReply, CommandRequest } from '@wabus/contracts';
import type { BinaryNode, WASocket } from '@whiskeysockets/baileys';
import { getBinaryNodeChild } from '../baileys.js';
import { usyncQuery } from '../queries/usync.query.js';

/** As Baileys names them, so that clients find the text where it was; and what WhatsApp says since it has texts that end. */
interface AboutText {
  /** Empty when it is hidden from this account, `null` when there is none. The emoji goes before the text. */
  readonly status: string | null;
  readonly setAt: Date;
  readonly emoji: string | null;
  /** `null`: it stays until it is changed, or WhatsApp does not say. */
  readonly expiresAt: Date | null;
}

/** The line below the name of people, with its end: usync knows that under `text_status` only (whatsmeow 662b0121). */
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
