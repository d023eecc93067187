import type { AnyMessageContent, BinaryNode, proto } from '@whiskeysockets/baileys';
import { isJidGroup, normalizeMessageContent } from '../baileys.js';

/** The parts of a message stanza, apart from the encrypted content, that the server reads. */
export interface StanzaAdditions {
  readonly attributes: Readonly<Record<string, string>>;
  readonly nodes: readonly BinaryNode[];
}

export const NO_ADDITIONS: StanzaAdditions = { attributes: {}, nodes: [] };

/**
 * Returns the additions for a kind of content, as in Baileys' `sendMessage` (Socket/messages-send.js). In a group, a deletion by anyone but the author is that
 * of an admin.
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
  // Baileys uses a different type (whatsapp-rust send/classify.rs, after WhatsApp Web).
  if ('eventResponse' in content && content.eventResponse)
    return { attributes: { type: 'event' }, ...metaNode({ event_type: 'response' }) };
  return NO_ADDITIONS;
}

const STATUS_BROADCAST = 'status@broadcast';

/** Returns the audience of a status post. A reaction to a post, and its deletion, must not contain it (whatsapp-rust 5b05e227: 479). */
export function statusAdditions(jid: string, message: proto.IMessage): StanzaAdditions {
  if (jid !== STATUS_BROADCAST) return NO_ADDITIONS;
  const inner = normalizeMessageContent(message);
  const isPost = !inner?.protocolMessage && !inner?.reactionMessage && !inner?.encReactionMessage;
  return isPost ? meta({ status_setting: 'contacts' }) : NO_ADDITIONS;
}

/** Combines additions into one; of attributes with the same name, the last one applies. */
export function joined(all: readonly StanzaAdditions[]): StanzaAdditions {
  return {
    attributes: Object.assign({}, ...all.map(({ attributes }) => attributes)) as Record<string, string>,
    nodes: all.flatMap(({ nodes }) => nodes)
  };
}

const edit = (kind: string): StanzaAdditions => ({ attributes: { edit: kind }, nodes: [] });

const metaNode = (attrs: Record<string, string>): Pick<StanzaAdditions, 'nodes'> => ({ nodes: [{ tag: 'meta', attrs }] });

const meta = (attrs: Record<string, string>): StanzaAdditions => ({ attributes: {}, ...metaNode(attrs) });
