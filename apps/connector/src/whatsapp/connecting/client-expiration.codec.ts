/** WhatsApp's announcement of when it will refuse the version that the client presents. */
export type Expiration =
  | { readonly kind: 'announced'; readonly at: string }
  | { readonly kind: 'withdrawn' }
  | { readonly kind: 'unreadable' };

/**
 * Reads `t` of `<client_expiration t="<seconds since 1970>"/>` (whatsapp-rust ea4ea0b4). A missing `t` withdraws the announcement; an unreadable one changes
 * nothing.
 */
export function readExpiration(t: string | undefined): Expiration {
  if (t === undefined) return { kind: 'withdrawn' };
  const at = new Date(/^\d{1,15}$/.test(t) ? Number(t) * 1_000 : Number.NaN);
  return at.getTime() > 0 ? { kind: 'announced', at: at.toISOString() } : { kind: 'unreadable' };
}
