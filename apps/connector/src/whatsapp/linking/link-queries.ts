import { WabusError } from '@wabus/contracts';
import type { BinaryNode, WASocket } from '@whiskeysockets/baileys';
import { S_WHATSAPP_NET } from '../baileys.js';
import { connectionEnded, mapWhatsAppError } from '../sending/whatsapp-error.mapper.js';

/** WhatsApp usually answers within a second; without a limit, Baileys may wait forever. */
const ANSWER_LIMIT_MS = 25_000;

/** Sends queries about linking to WhatsApp. */
export class LinkQueries {
  constructor(
    private readonly socket: Pick<WASocket, 'query'>,
    private readonly ended: AbortSignal,
    private readonly limitMs = ANSWER_LIMIT_MS
  ) {}

  /** Sends an `iq` and resolves to its answer. Throws `REFUSED_BY_WHATSAPP` with WhatsApp's code, `TIMEOUT` and `NOT_CONNECTED`. */
  async ask(type: 'get' | 'set', child: BinaryNode): Promise<BinaryNode> {
    const iq: BinaryNode = { tag: 'iq', attrs: { to: S_WHATSAPP_NET, type, xmlns: 'md' }, content: [child] };
    let answer: BinaryNode | undefined;
    // Baileys does not settle its queries when this side ends the connection.
    let end = (): void => undefined;
    const over = new Promise<never>((_resolve, reject) => (end = () => reject(connectionEnded())));
    this.ended.addEventListener('abort', end);
    try {
      answer = await Promise.race([this.socket.query(iq, this.limitMs) as Promise<BinaryNode | undefined>, over]);
    } catch (error) {
      throw mapWhatsAppError(error);
    } finally {
      this.ended.removeEventListener('abort', end);
    }
    // Baileys resolves to `undefined` after the limit.
    if (answer === undefined) throw new WabusError('TIMEOUT', { message: 'WhatsApp did not answer in time.' });
    return answer;
  }
}

/** The part of a stanza that is read here. */
interface Content {
  readonly content?: unknown;
}

/** Returns the content of a stanza as bytes; none if it has children or no content. Short texts may arrive as strings. */
export function contentBytes(node: Content | undefined): Buffer {
  const content = node?.content;
  if (typeof content === 'string') return Buffer.from(content, 'utf8');
  return content instanceof Uint8Array ? Buffer.from(content) : Buffer.alloc(0);
}
