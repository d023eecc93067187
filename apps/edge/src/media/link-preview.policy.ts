/** The preview data that a page declares about itself. */
export interface PagePreview {
  readonly title: string;
  readonly description: string | null;
  /** The address of its picture, resolved against the page, or `null` if there is none. */
  readonly picture: string | null;
}

const MAX_TITLE = 512;
const MAX_DESCRIPTION = 2_048;
const MAX_ADDRESS = 2_048;

/**
 * Returns the first address in a text, unchanged, or `null` if there is none. Closing punctuation does not belong to it. The egress guard
 * decides whether it is fetched.
 */
export function firstLink(text: string): string | null {
  const [found] = /https?:\/\/[^\s<>"']+/i.exec(text) ?? [];
  if (found === undefined) return null;
  const closed = found.replace(/[.,;:!?…]+$/, '');
  // A closing bracket that the address did not open belongs to the surrounding text.
  const link = closed.endsWith(')') && !closed.includes('(') ? closed.slice(0, -1) : closed;
  return link.length <= MAX_ADDRESS && URL.canParse(link) ? link : null;
}

/** Returns the preview that the head of a page declares: Open Graph first, then its title. Returns `null` if it has no title. */
export function previewOf(html: string, page: string): PagePreview | null {
  const said = metaOf(html);
  const title = said.get('og:title') ?? said.get('twitter:title') ?? textOf(/<title[^>]*>([^<]*)<\/title>/i.exec(html)?.[1]);
  if (!title) return null;
  const description = said.get('og:description') ?? said.get('twitter:description') ?? said.get('description') ?? null;
  const picture = said.get('og:image:secure_url') ?? said.get('og:image') ?? said.get('twitter:image');
  return {
    title: shortened(title, MAX_TITLE),
    description: description && shortened(description, MAX_DESCRIPTION),
    picture: picture === undefined ? null : webAddress(picture, page)
  };
}

/**
 * Returns the values of `<meta property="…" content="…">` and `<meta name="…" …>`, with attributes in any order. If a name occurs several
 * times, the first value counts.
 */
function metaOf(html: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const [tag] of html.matchAll(/<meta\s[^>]{0,8192}>/gi)) {
    const attributes = new Map<string, string>();
    for (const [, name, , double, single, bare] of tag.matchAll(/([a-z:-]+)\s*=\s*("([^"]*)"|'([^']*)'|([^\s"'>]+))/gi))
      attributes.set(name!.toLowerCase(), double ?? single ?? bare ?? '');
    const name = (attributes.get('property') ?? attributes.get('name'))?.toLowerCase();
    const content = textOf(attributes.get('content'));
    if (name !== undefined && content !== '' && !found.has(name)) found.set(name, content);
  }
  return found;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

function textOf(html: string | undefined): string {
  return (html ?? '')
    .replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+));/gi, (whole, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole;
      const code = hex === undefined ? Number(decimal) : parseInt(hex, 16);
      return code > 0x1f && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : ' ';
    })
    .replace(/[\u0000-\u001f\u007f-\u009f\s]+/g, ' ')
    .trim();
}

const shortened = (text: string, max: number): string =>
  text.length <= max ? text : `${text.slice(0, max - 1).replace(/\p{Surrogate}/gu, '')}…`;

function webAddress(address: string, page: string): string | null {
  if (!URL.canParse(address, page)) return null;
  const { protocol, href } = new URL(address, page);
  return /^https?:$/.test(protocol) && href.length <= MAX_ADDRESS ? href : null;
}

/** Returns the name of the character set of a page, from its header or from its own head. */
export function charsetOf(contentType: string | undefined, head: string): string {
  const said = /charset\s*=\s*["']?([\w-]+)/i.exec(contentType ?? '') ?? /<meta[^>]+charset\s*=\s*["']?([\w-]+)/i.exec(head);
  return said?.[1]?.toLowerCase() ?? 'utf-8';
}
