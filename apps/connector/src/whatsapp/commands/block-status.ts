import { WabusError, type CommandRequest } from '@wabus/contracts';
import type { WASocket } from '@whiskeysockets/baileys';
import { getBinaryNodeChild, isHostedLidUser, isHostedPnUser, isLidUser, isPnUser, jidNormalizedUser, S_WHATSAPP_NET } from '../baileys.js';
import { usyncQuery } from '../queries/usync.query.js';

type BlockSocket = Pick<WASocket, 'query' | 'signalRepository' | 'generateMessageTag'>;

/**
 * Blocks or unblocks a contact. WhatsApp keeps the list by LID, and a request to block must also identify the contact by number, by username if there is no
 * number, or as unknown (zapo PR 208 and 471ca18). A contact without a LID is identified by number alone.
 */
export async function updateBlockStatus(socket: BlockSocket, { jid, action }: CommandRequest<'updateBlockStatus'>): Promise<void> {
  const { lid, number } = await addressesOf(socket, jidNormalizedUser(jid));
  const attrs = lid === null ? { jid: number! } : { jid: lid, ...(action === 'block' ? await identifier(socket, lid, number) : {}) };
  await socket.query({
    tag: 'iq',
    attrs: { xmlns: 'blocklist', to: S_WHATSAPP_NET, type: 'set' },
    content: [{ tag: 'item', attrs: { action, ...attrs } }]
  });
}

async function addressesOf({ signalRepository }: BlockSocket, jid: string): Promise<{ lid: string | null; number: string | null }> {
  const { lidMapping } = signalRepository;
  if (isLidUser(jid) || isHostedLidUser(jid)) return { lid: jid, number: normalized(await lidMapping.getPNForLID(jid)) };
  // This queries WhatsApp if the LID is unknown.
  if (isPnUser(jid) || isHostedPnUser(jid)) return { lid: normalized(await lidMapping.getLIDForPN(jid)), number: jid };
  throw new WabusError('INVALID_ARGUMENTS', { details: { fields: { jid: ['jid must name a person'] } } });
}

async function identifier(socket: BlockSocket, lid: string, number: string | null): Promise<Record<string, string>> {
  if (number !== null) return { pn_jid: number };
  const username = await usernameOf(socket, lid);
  return username === null ? { unknown_identifier: 'true' } : { username };
}

/** Queries the username directly, because Baileys' look-up reads only names that arrive as text, not as bytes. */
async function usernameOf(socket: BlockSocket, lid: string): Promise<string | null> {
  const [user] = await usyncQuery(socket, [{ tag: 'username', attrs: {} }], [{ tag: 'user', attrs: { jid: lid } }]);
  const content = getBinaryNodeChild(user, 'username')?.content;
  const name = content === undefined || Array.isArray(content) ? '' : Buffer.from(content).toString('utf8');
  return name === '' ? null : name;
}

function normalized(jid: string | null | undefined): string | null {
  return jid ? jidNormalizedUser(jid) : null;
}
