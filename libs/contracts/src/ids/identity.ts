import { parseJid } from './ids.js';

/** Returns the other jid of a person, a number or a LID; `null` or `undefined` if it is unknown. */
export type OtherJid = (jid: string) => string | null | undefined;

/** A user, optionally with an agent and a device, and a server. */
const PARTS = /^([^@:_]+)(?:_\d+)?(?::\d+)?@(.+)$/;
/** Former and alternative servers of people's jids, with the current ones. */
const SERVERS: Readonly<Record<string, string>> = { 'c.us': 's.whatsapp.net', hosted: 's.whatsapp.net', 'hosted.lid': 'lid' };
const PEOPLE = new Set(['s.whatsapp.net', 'lid']);

const unknown: OtherJid = () => null;

/**
 * Returns the jid of the chat or person in its current form: without agent and device, and with the current server (`@c.us` and the hosted servers stand for
 * numbers or LIDs). A bare phone number becomes a jid. Any other text is returned unchanged.
 */
export function chatJid(text: string): string {
  const jid = text.includes('@') ? text : (parseJid(text) ?? text);
  const [, user, server] = PARTS.exec(jid) ?? [];
  if (user === undefined || server === undefined) return jid;
  const today = SERVERS[server] ?? server;
  return PEOPLE.has(today) ? `${user}@${today}` : jid;
}

const ANY_JID = /^[A-Za-z0-9._:-]{1,128}@[a-z0-9._-]{1,64}$/;

/** Returns the chat of a filter, given as a jid, a LID or a phone number, in the form of `chatJid`; `null` if the text is none of these. */
export function parseChat(text: string): string | null {
  const jid = parseJid(text) ?? (ANY_JID.test(text.trim()) ? text.trim() : null);
  return jid === null ? null : chatJid(jid);
}

/** Returns the jids of a chat: its own, and the other jid of the same person if it is known. */
export function chatJids(text: string, otherOf: OtherJid = unknown): string[] {
  const jid = chatJid(text);
  const other = isPerson(jid) ? otherOf(jid) : null;
  return other ? [jid, chatJid(other)] : [jid];
}

/** Whether two jids refer to the same person or chat, in any form: with a device, as a number, or as a LID whose number is known. */
export function isSameChat(a: string, b: string, otherOf: OtherJid = unknown): boolean {
  const jids = chatJids(a, otherOf);
  return chatJids(b, otherOf).some(jid => jids.includes(jid));
}

/** Whether two jids certainly refer to different chats. A LID and a number may belong to the same person while the counterpart of neither is known. */
export function isOtherChat(a: string, b: string, otherOf: OtherJid = unknown): boolean {
  if (isSameChat(a, b, otherOf)) return false;
  const [first, second] = [chatJids(a, otherOf), chatJids(b, otherOf)];
  const alone = first.length === 1 && second.length === 1;
  return !(alone && pairOf(first[0], second[0]));
}

export const isLid = (jid: string): boolean => jid.endsWith('@lid');
export const isPn = (jid: string): boolean => jid.endsWith('@s.whatsapp.net');
export const isGroup = (jid: string): boolean => jid.endsWith('@g.us');
/** Whether a jid is a list of recipients. A message to such a list belongs to the chat with its author, as on phones. Status posts have a chat of their own. */
export const isBroadcastList = (jid: unknown): jid is string =>
  typeof jid === 'string' && jid.endsWith('@broadcast') && jid !== 'status@broadcast';
const isPerson = (jid: string): boolean => isLid(jid) || isPn(jid);

/** The two jids of one person. */
export interface JidPair {
  readonly lid: string;
  readonly pn: string;
}

/** Returns two jids as LID and phone number; `null` if they are not one of each. */
export function pairOf(first: string | null | undefined, second: string | null | undefined): JidPair | null {
  const [a, b] = [first && chatJid(first), second && chatJid(second)];
  if (!a || !b) return null;
  if (isLid(a) && isPn(b)) return { lid: a, pn: b };
  return isPn(a) && isLid(b) ? { lid: b, pn: a } : null;
}
