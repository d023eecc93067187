/** Texts that are longer are cut: keys, signatures and pictures in base64. */
const MAX_TEXT = 80;
const MAX_ITEMS = 2;
/** Fields whose value would link or unlock something if it were real. */
const SECRET_FIELDS = new Set(['qr', 'code', 'mediaKey', 'directPath', 'url']);

/** A payload for a document: short, and without anything that was a secret when it was captured. Its form stays. */
export function redacted(value: unknown, field = ''): unknown {
  if (typeof value === 'string') return SECRET_FIELDS.has(field) ? `<${field}>` : cut(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.slice(0, MAX_ITEMS).map(item => redacted(item, field));
  if ((value as { type?: unknown }).type === 'Buffer') return { type: 'Buffer', data: 'AAAA' };
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, redacted(item, name)]));
}

function cut(text: string): string {
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
}
