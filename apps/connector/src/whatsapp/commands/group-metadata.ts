import type { CommandReply, CommandRequest } from '@wabus/contracts';
import type { BinaryNode, WASocket } from '@whiskeysockets/baileys';
import { extractGroupMetadata, getBinaryNodeChild } from '../baileys.js';

/** Resolves to the metadata of a group, including whether WhatsApp has suspended it (whatsmeow fc1c13d4), which Baileys does not read. */
export async function describeGroup(
  socket: Pick<WASocket, 'query'>,
  { jid }: CommandRequest<'groupMetadata'>
): Promise<CommandReply<'groupMetadata'>> {
  const answer = (await socket.query({
    tag: 'iq',
    attrs: { type: 'get', xmlns: 'w:g2', to: jid },
    content: [{ tag: 'query', attrs: { request: 'interactive' } }]
  })) as BinaryNode;
  const suspended = getBinaryNodeChild(getBinaryNodeChild(answer, 'group'), 'suspended') !== undefined;
  return { ...extractGroupMetadata(answer), ...(suspended ? { suspended } : {}) };
}
