/** The phone number of a jid as people write it; the jid itself when it is none of a phone number. */
export function phoneOf(jid: string): string {
  const number = /^(\d+)(?::\d+)?@s\.whatsapp\.net$/.exec(jid)?.[1];
  return number === undefined ? jid : `+${number}`;
}
