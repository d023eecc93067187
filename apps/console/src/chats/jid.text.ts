/** The phone number of a jid as people write it; the jid itself when it is none of a phone number. */
export function phoneOf(jid: string): string {
  const number = /^(\d+)(?::\d+)?@s\.whatsapp\.net$/.exec(jid)?.[1];
  return number === undefined ? jid : `+${number}`;
}

export function isGroupChat(jid: string): boolean {
  return jid.endsWith('@g.us');
}

/** The jid of a phone number that somebody typed; `null` if it is not one. */
export function jidOfPhone(text: string): string | null {
  const digits = text.replace(/[\s()+.-]/g, '');
  return /^\d{6,15}$/.test(digits) ? `${digits}@s.whatsapp.net` : null;
}
