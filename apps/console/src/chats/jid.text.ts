/** The phone number of a jid as people write it; `null` when the jid holds none. */
export function phoneIn(jid: string): string | null {
  const number = /^(\d+)(?::\d+)?@(?:s\.whatsapp\.net|c\.us)$/.exec(jid)?.[1];
  return number === undefined ? null : `+${number}`;
}

/** The phone number of a jid as people write it; the jid itself when it holds none. */
export function phoneOf(jid: string): string {
  return phoneIn(jid) ?? jid;
}

/** What a chat is, as far as its jid says. */
export type ChatKind = 'phone' | 'hidden' | 'group' | 'channel' | 'status' | 'list';

export function chatKindOf(jid: string): ChatKind {
  if (phoneIn(jid) !== null) return 'phone';
  if (jid.endsWith('@g.us')) return 'group';
  if (jid.endsWith('@newsletter')) return 'channel';
  if (jid === 'status@broadcast') return 'status';
  return jid.endsWith('@broadcast') ? 'list' : 'hidden';
}

export const isGroupChat = (jid: string): boolean => chatKindOf(jid) === 'group';

/** The jid of a phone number that somebody typed; `null` if it is not one. */
export function jidOfPhone(text: string): string | null {
  const digits = text.replace(/[\s()+.-]/g, '');
  return /^\d{6,15}$/.test(digits) ? `${digits}@s.whatsapp.net` : null;
}
