import { plainMediaType } from './file-facts.policy.js';

/** A file in a data URL (RFC 2397). */
export interface DataUrl {
  readonly mimetype: string;
  readonly content: Buffer;
}

const HEAD = /^data:([^,]{0,255}),/i;
const BASE64 = /^[A-Za-z0-9+/_-]*={0,2}$/;

/** Parses a data URL; returns `null` for any other text. The base64 may be URL-safe and contain line breaks. */
export function parseDataUrl(url: string): DataUrl | null {
  const head = HEAD.exec(url);
  if (!head) return null;
  const said = head[1]!.replace(/;\s*base64\s*$/i, '');
  const mimetype = said === '' || said.startsWith(';') ? `text/plain${said}` : said;
  const type = plainMediaType(mimetype);
  const text = unescaped(url.slice(head[0].length));
  if (type === null || text === null) return null;
  if (said === head[1]) return { mimetype: type, content: text };
  const base64 = text.toString('latin1').replace(/\s+/g, '');
  return BASE64.test(base64) ? { mimetype: type, content: Buffer.from(base64, 'base64') } : null;
}

function unescaped(text: string): Buffer | null {
  if (!text.includes('%')) return Buffer.from(text, 'utf8');
  if (/%(?![0-9a-f]{2})/i.test(text)) return null;
  // Escaped bytes are decoded one by one, because they are not necessarily UTF-8.
  return Buffer.from(
    Buffer.from(text, 'utf8')
      .toString('latin1')
      .replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1'
  );
}
