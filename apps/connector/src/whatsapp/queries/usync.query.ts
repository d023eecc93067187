import { Boom } from '@hapi/boom';
import type { BinaryNode, WASocket } from '@whiskeysockets/baileys';
import { getBinaryNodeChild, getBinaryNodeChildren, S_WHATSAPP_NET } from '../baileys.js';

/** Queries WhatsApp about `users` with the given `protocols` (`usync`). Resolves to the `<user>` elements; throws the errors of Baileys' `query`. */
export async function usyncQuery(
  socket: Pick<WASocket, 'query' | 'generateMessageTag'>,
  protocols: BinaryNode[],
  users: BinaryNode[]
): Promise<BinaryNode[]> {
  const answer = (await socket.query({
    tag: 'iq',
    attrs: { to: S_WHATSAPP_NET, type: 'get', xmlns: 'usync' },
    content: [
      {
        tag: 'usync',
        attrs: { context: 'interactive', mode: 'query', sid: socket.generateMessageTag(), last: 'true', index: '0' },
        content: [
          { tag: 'query', attrs: {}, content: protocols },
          { tag: 'list', attrs: {}, content: users }
        ]
      }
    ]
  })) as BinaryNode | undefined;
  // Baileys resolves a query to `undefined` if there is no answer in time; that must not be cached as an answer.
  if (answer === undefined) throw new Boom('WhatsApp did not answer a query about users', { statusCode: 408 });
  return getBinaryNodeChildren(getBinaryNodeChild(getBinaryNodeChild(answer, 'usync'), 'list'), 'user');
}
