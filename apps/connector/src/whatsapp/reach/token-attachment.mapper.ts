import type { BinaryNode } from '@whiskeysockets/baileys';
import { isLidUser, isPnUser } from '../baileys.js';

/** Returns the tokens that can be attached for a jid; `null` if there is none. */
export interface AttachableTokens {
  readonly contact: (jid: string) => BinaryNode | null;
  readonly stranger: (jid: string) => BinaryNode | null;
  readonly isOwn: (jid: string) => boolean;
}

const TOKENS: ReadonlySet<string> = new Set(['tctoken', 'cstoken']);

/**
 * Attaches tokens where the official client does (whatsmeow 00ce57f2, zapo f965224 and 9a5bede). Messages to people and their resends get the contact's token,
 * or the stranger's token if there is none. Presence subscriptions, pictures, `usync` queries of the about text, and people who are added to groups get only
 * the contact's token. Calls, and messages to the account's own devices (479), to bots and to WhatsApp itself, never get a token.
 */
export function withTokens(node: BinaryNode, tokens: AttachableTokens): BinaryNode {
  const { tag, attrs } = node;
  switch (tag) {
    case 'message':
      return attrs['category'] === 'peer' ? node : withChild(node, bothFor(attrs['to'], tokens));
    case 'presence':
      return attrs['type'] === 'subscribe' ? withChild(node, contactFor(attrs['to'], tokens)) : node;
    case 'iq':
      return withTokensInIq(node, tokens);
    default:
      return node;
  }
}

function withTokensInIq(node: BinaryNode, tokens: AttachableTokens): BinaryNode {
  const { xmlns, type, target } = node.attrs;
  switch (xmlns) {
    case 'w:profile:picture':
      return type === 'get' ? inChildren(node, 'picture', picture => withChild(picture, contactFor(target, tokens))) : node;
    case 'usync':
      return inChildren(node, 'usync', usync =>
        asksForAbout(usync)
          ? inChildren(usync, 'list', list => inChildren(list, 'user', user => withChild(user, contactFor(user.attrs['jid'], tokens))))
          : usync
      );
    case 'w:g2':
      return ['create', 'add'].reduce(
        (iq, tag) => inChildren(iq, tag, change => inChildren(change, 'participant', participant => admitted(participant, tokens))),
        node
      );
    default:
      return node;
  }
}

function admitted(participant: BinaryNode, tokens: AttachableTokens): BinaryNode {
  const token = contactFor(participant.attrs['jid'], tokens);
  return token === null ? participant : withChild(participant, { tag: 'privacy', attrs: {}, content: token.content });
}

function contactFor(jid: string | undefined, tokens: AttachableTokens): BinaryNode | null {
  return takesTokens(jid, tokens) ? tokens.contact(jid) : null;
}

function bothFor(jid: string | undefined, tokens: AttachableTokens): BinaryNode | null {
  return takesTokens(jid, tokens) ? (tokens.contact(jid) ?? tokens.stranger(jid)) : null;
}

function takesTokens(jid: string | undefined, { isOwn }: AttachableTokens): jid is string {
  return jid !== undefined && isPerson(jid) && !isOwn(jid);
}

/** Whether a jid is a person: not a bot, which has one of these numbers, nor WhatsApp's own chat (Baileys `tc-token-utils.js`, after `Wid.isRegularUser`). */
export function isPerson(jid: string): boolean {
  if (!isPnUser(jid) && !isLidUser(jid)) return false;
  const [user = ''] = jid.split(/[:@]/);
  return user !== '0' && !/^(1313555\d{4}|131655500\d{2})$/.test(user);
}

function asksForAbout(usync: BinaryNode): boolean {
  return childrenOf(usync).some(
    ({ tag, content }) => tag === 'query' && Array.isArray(content) && content.some(each => each.tag === 'status')
  );
}

function withChild(node: BinaryNode, child: BinaryNode | null): BinaryNode {
  const children = childrenOf(node);
  if (child === null || children.some(({ tag }) => TOKENS.has(tag) || tag === child.tag)) return node;
  return { ...node, content: [...children, child] };
}

function inChildren(node: BinaryNode, tag: string, change: (child: BinaryNode) => BinaryNode): BinaryNode {
  const children = childrenOf(node);
  if (!children.some(child => child.tag === tag)) return node;
  return { ...node, content: children.map(child => (child.tag === tag ? change(child) : child)) };
}

function childrenOf({ content }: BinaryNode): BinaryNode[] {
  return Array.isArray(content) ? content : [];
}
