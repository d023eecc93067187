/** A jid without the number of a device: the person, not one of his phones. */
export function personOf(jid: string): string {
  return jid.replace(/^([^:@]+):\d+@/, '$1@').replace(/@c\.us$/, '@s.whatsapp.net');
}

export const isLid = (jid: string): boolean => jid.endsWith('@lid');
export const isGroup = (jid: string): boolean => jid.endsWith('@g.us');
export const isPn = (jid: string): boolean => jid.endsWith('@s.whatsapp.net');

/** The two as LID and phone number, `null` when they are not one of each. */
export function pairOf(first: string | null, second: string | null): { lid: string; pn: string } | null {
  const [a, b] = [first && personOf(first), second && personOf(second)];
  if (!a || !b) return null;
  if (isLid(a) && isPn(b)) return { lid: a, pn: b };
  return isPn(a) && isLid(b) ? { lid: b, pn: a } : null;
}
