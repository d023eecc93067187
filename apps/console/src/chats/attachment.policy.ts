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

/** The content of `sendMessage` for a voice message that was uploaded. */
export function voiceContent(
  { media, mimetype }: { readonly media: string; readonly mimetype: string },
  { seconds, convert }: { readonly seconds: number; readonly convert: boolean }
): Record<string, unknown> {
  // A conversion says the type and the length itself.
  return { audio: { media }, ptt: true, ...(convert ? { convert } : { mimetype, seconds }) };
}

/** Whether a text has a link of the web, of which a preview may be shown. */
export function hasLink(text: string): boolean {
  return /\bhttps?:\/\/\S/i.test(text);
}
