/** The field of a message that carries a file, by the file's type. */
export function contentFieldOf(mimetype: string): 'image' | 'video' | 'audio' | 'document' {
  if (/^image\/(jpeg|png|gif|webp)/.test(mimetype)) return 'image';
  if (/^video\/(mp4|3gpp|quicktime)/.test(mimetype)) return 'video';
  if (mimetype.startsWith('audio/')) return 'audio';
  return 'document';
}

/** The content of `sendMessage` for a file that was uploaded. Audio has no caption. */
export function attachmentContent(
  { media, mimetype }: { readonly media: string; readonly mimetype: string },
  { fileName, caption }: { readonly fileName: string; readonly caption: string }
): Record<string, unknown> {
  const field = contentFieldOf(mimetype);
  return {
    [field]: { media },
    ...(field === 'document' ? { mimetype, fileName } : {}),
    ...(field === 'audio' ? { mimetype } : {}),
    ...(caption === '' || field === 'audio' ? {} : { caption })
  };
}
