import type { AnyMessageContent, BinaryNode, proto } from '@whiskeysockets/baileys';
import { isJidGroup, normalizeMessageContent } from '../baileys.js';

/** What accompanies a message besides its encrypted content, where the server reads it. */
export interface StanzaAdditions {
  readonly attributes: Readonly<Record<string, string>>;
  readonly nodes: readonly BinaryNode[];
}

export const NO_ADDITIONS: StanzaAdditions = { attributes: {}, nodes: [] };

/**
 * What the kind of content demands, as Baileys' `sendMessage` writes it (Socket/messages-send.js). A deletion in a group by somebody else than the author is an
 * admin's.
 */
export function contentAdditions(content: AnyMessageContent): StanzaAdditions {
  if ('delete' in content && content.delete) {
    const { remoteJid, fromMe } = content.delete;
    return edit(isJidGroup(remoteJid ?? undefined) && !fromMe ? '8' : '7');
  }
  if ('edit' in content && content.edit) return edit('1');
  if ('pin' in content && content.pin) return edit('2');
  if ('poll' in content && content.poll) return meta({ polltype: 'creation' });
  if ('event' in content && content.event) return meta({ event_type: 'creation' });
  if ('pollVote' in content && content.pollVote) return meta({ polltype: 'vote' });
  // Baileys writes another type (whatsapp-rust send/classify.rs, after WhatsApp Web).
  if ('eventResponse' in content && content.eventResponse)
    return { attributes: { type: 'event' }, ...metaNode({ event_type: 'response' }) };
  return NO_ADDITIONS;
}

const STATUS_BROADCAST = 'status@broadcast';

/** A status post names its audience; a reaction to one, and its deletion, must not (whatsapp-rust 5b05e227: 479). */
export function statusAdditions(jid: string, message: proto.IMessage): StanzaAdditions {
  if (jid !== STATUS_BROADCAST) return NO_ADDITIONS;
  const inner = normalizeMessageContent(message);
  const isPost = !inner?.protocolMessage && !inner?.reactionMessage && !inner?.encReactionMessage;
  return isPost ? meta({ status_setting: 'contacts' }) : NO_ADDITIONS;
}

/** All of them in one; of attributes with the same name the last. */
export function joined(all: readonly StanzaAdditions[]): StanzaAdditions {
  return {
    attributes: Object.assign({}, ...all.map(({ attributes }) => attributes)) as Record<string, string>,
    nodes: all.flatMap(({ nodes }) => nodes)
  };
}

const edit = (kind: string): StanzaAdditions => ({ attributes: { edit: kind }, nodes: [] });

const metaNode = (attrs: Record<string, string>): Pick<StanzaAdditions, 'nodes'> => ({ nodes: [{ tag: 'meta', attrs }] });

const meta = (attrs: Record<string, string>): StanzaAdditions => ({ attributes: {}, ...metaNode(attrs) });
