const MAX_CHARACTERS = 255;

/** A file name without folders and control characters; `null` when nothing is left. */
export function plainFileName(text: string | undefined): string | null {
  const name = (text ?? '')
    .replace(/[\u0000-\u001f\u007f]/g, '')
    .split(/[/\\]/)
    .at(-1)!
    .trim();
  return name === '' || /^\.+$/.test(name) ? null : name.slice(0, MAX_CHARACTERS);
}

/** A `Content-Disposition` header (RFC 6266). */
export function contentDisposition(kind: 'inline' | 'attachment', fileName: string | undefined): string {
  if (fileName === undefined) return kind;
  const ascii = fileName.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const exact = encodeURIComponent(fileName.replace(/\p{Surrogate}/gu, '_')).replace(
    /['()*]/g,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`
  );
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${exact}`;
}
