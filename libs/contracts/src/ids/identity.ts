import { parseJid } from './ids.js';

/** The other jid of a person, number or LID, as far as the asked one knows it. */
export type OtherJid = (jid: string) => string | null | undefined;

/** A user, with the agent and the device that WhatsApp may add, and a server. */
const PARTS = /^([^@:_]+)(?:_\d+)?(?::\d+)?@(.+)$/;
/** Servers that name people in another form than today's. */
const SERVERS: Readonly<Record<string, string>> = { 'c.us': 's.whatsapp.net', hosted: 's.whatsapp.net', 'hosted.lid': 'lid' };
const PEOPLE = new Set(['s.whatsapp.net', 'lid']);

const unknown: OtherJid = () => null;

/**
 * The chat or person behind a jid: without a device, with today's server (`@c.us` and the hosted ones are numbers or LIDs), and the jid of a number that stands alone. Any other text stays as it is.
 */
export function chatJid(text: string): string {
  const jid = text.includes('@') ? text : (parseJid(text) ?? text);
  const [, user, server] = PARTS.exec(jid) ?? [];
  if (user === undefined || server === undefined) return jid;
  const today = SERVERS[server] ?? server;
  return PEOPLE.has(today) ? `${user}@${today}` : jid;
}

const ANY_JID = /^[A-Za-z0-9._:-]{1,128}@[a-z0-9._-]{1,64}$/;

/** The chat that a filter names by a jid, a LID or a number, in the form of `chatJid`; `null` when it is none of these. */
export function parseChat(text: string): string | null {
  const jid = parseJid(text) ?? (ANY_JID.test(text.trim()) ? text.trim() : null);
  return jid === null ? null : chatJid(jid);
}

/** Under which jids a chat is known: its own, and the other one of the person when it is known. */
export function chatJids(text: string, otherOf: OtherJid = unknown): string[] {
  const jid = chatJid(text);
  const other = isPerson(jid) ? otherOf(jid) : null;
  return other ? [jid, chatJid(other)] : [jid];
}

/** Whether two jids are one person or chat, however they are written: with a device, as a number, as a LID whose number is known. */
export function isSameChat(a: string, b: string, otherOf: OtherJid = unknown): boolean {
  const jids = chatJids(a, otherOf);
  return chatJids(b, otherOf).some(jid => jids.includes(jid));
}

/** Whether two jids surely are not one chat. A LID and a number may be one person as long as neither counterpart is known. */
export function isOtherChat(a: string, b: string, otherOf: OtherJid = unknown): boolean {
  if (isSameChat(a, b, otherOf)) return false;
  const [first, second] = [chatJids(a, otherOf), chatJids(b, otherOf)];
  const alone = first.length === 1 && second.length === 1;
  return !(alone && pairOf(first[0], second[0]));
}

export const isLid = (jid: string): boolean => jid.endsWith('@lid');
export const isPn = (jid: string): boolean => jid.endsWith('@s.whatsapp.net');
export const isGroup = (jid: string): boolean => jid.endsWith('@g.us');
/** A list of receivers. What comes over one belongs into the chat of its author, as phones show it; status posts have a chat of their own. */
export const isBroadcastList = (jid: unknown): jid is string =>
  typeof jid === 'string' && jid.endsWith('@broadcast') && jid !== 'status@broadcast';
const isPerson = (jid: string): boolean => isLid(jid) || isPn(jid);

/** Both jids of one person. */
export interface JidPair {
  readonly lid: string;
  readonly pn: string;
}

/** The two as LID and phone number, `null` when they are not one of each. */
export function pairOf(first: string | null | undefined, second: string | null | undefined): JidPair | null {
  const [a, b] = [first && chatJid(first), second && chatJid(second)];
  if (!a || !b) return null;
  if (isLid(a) && isPn(b)) return { lid: a, pn: b };
  return isPn(a) && isLid(b) ? { lid: b, pn: a } : null;
}
