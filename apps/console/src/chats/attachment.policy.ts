/** Returns the message field for a file of this media type. */
export function contentFieldOf(mimetype: string): 'image' | 'video' | 'audio' | 'document' {
  if (/^image\/(jpeg|png|gif|webp)/.test(mimetype)) return 'image';
  if (/^video\/(mp4|3gpp|quicktime)/.test(mimetype)) return 'video';
  if (mimetype.startsWith('audio/')) return 'audio';
  return 'document';
}

/** Returns the content of `sendMessage` for an uploaded file. Audio has no caption. */
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

/** Returns the content of `sendMessage` for an uploaded voice message. */
export function voiceContent(
  { media, mimetype }: { readonly media: string; readonly mimetype: string },
  { seconds, convert }: { readonly seconds: number; readonly convert: boolean }
): Record<string, unknown> {
  // A conversion determines the type and the length itself.
  return { audio: { media }, ptt: true, ...(convert ? { convert } : { mimetype, seconds }) };
}

/** Whether a text contains an http or https link that can have a preview. */
export function hasLink(text: string): boolean {
  return /\bhttps?:\/\/\S/i.test(text);
}
