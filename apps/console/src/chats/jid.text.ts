/** Returns the phone number of a jid in readable form; `null` if the jid contains none. */
export function phoneIn(jid: string): string | null {
  const number = /^(\d+)(?::\d+)?@(?:s\.whatsapp\.net|c\.us)$/.exec(jid)?.[1];
  return number === undefined ? null : `+${number}`;
}

/** Returns the phone number of a jid in readable form; the jid itself if it contains none. */
export function phoneOf(jid: string): string {
  return phoneIn(jid) ?? jid;
}

/** The kind of a chat, as far as its jid shows it. */
export type ChatKind = 'phone' | 'hidden' | 'group' | 'channel' | 'status' | 'list';

export function chatKindOf(jid: string): ChatKind {
  if (phoneIn(jid) !== null) return 'phone';
  if (jid.endsWith('@g.us')) return 'group';
  if (jid.endsWith('@newsletter')) return 'channel';
  if (jid === 'status@broadcast') return 'status';
  return jid.endsWith('@broadcast') ? 'list' : 'hidden';
}

export const isGroupChat = (jid: string): boolean => chatKindOf(jid) === 'group';

/** Returns the jid of a phone number that a user typed; `null` if the text is not a phone number. */
export function jidOfPhone(text: string): string | null {
  const digits = text.replace(/[\s()+.-]/g, '');
  return /^\d{6,15}$/.test(digits) ? `${digits}@s.whatsapp.net` : null;
}
