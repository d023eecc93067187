/** The part of a stanza that is read here. */
interface Content {
  readonly content?: unknown;
}

/** The bytes in a stanza; none when it holds children or nothing. A short text may come as such. */
export function contentOf(node: Content | undefined): Buffer {
  const content = node?.content;
  if (typeof content === 'string') return Buffer.from(content, 'utf8');
  return content instanceof Uint8Array ? Buffer.from(content) : Buffer.alloc(0);
}
