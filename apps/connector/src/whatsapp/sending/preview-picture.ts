import type { AnyMessageContent, WAMediaUploadFunction } from '@whiskeysockets/baileys';
import { extractImageThumb, isJidNewsletter, prepareWAMessageMedia } from '../baileys.js';

/** What Baileys draws under a link. */
const SMALL_WIDTH = 192;
/** Enough for the whole width of a phone. */
const LARGE_WIDTH = 800;

/** A JPEG with its size in pixels. */
export interface PreviewPicture {
  readonly jpeg: Buffer;
  readonly width: number;
  readonly height: number;
}

/** A small JPEG of a picture, for the preview of a link; `null` for what is no picture that can be read. */
export async function previewPicture(picture: Buffer): Promise<Buffer | null> {
  return (await scaled(picture, SMALL_WIDTH))?.jpeg ?? null;
}

/** A larger one, which channels get as a file; `null` likewise. */
export function channelPreviewPicture(picture: Buffer): Promise<PreviewPicture | null> {
  return scaled(picture, LARGE_WIDTH);
}

async function scaled(picture: Buffer, width: number): Promise<PreviewPicture | null> {
  try {
    const { buffer, original } = (await extractImageThumb(picture, width)) as {
      buffer: Buffer;
      original: { width?: number; height?: number };
    };
    return { jpeg: buffer, width, height: Math.round((width * (original.height ?? 0)) / (original.width || width)) };
  } catch {
    return null;
  }
}

/**
 * A text with the large picture of its preview uploaded, which phones fetch and show in its place (Baileys `getUrlInfo`, whatsmeow `MediaLinkThumbnail`). The small one alone when that
 * fails, and in channels, whose files are not encrypted.
 */
export async function withLargePreview(jid: string, content: AnyMessageContent, upload: WAMediaUploadFunction): Promise<AnyMessageContent> {
  const { linkPreview } = content as { linkPreview?: { readonly picture?: unknown } | null };
  if (!linkPreview || !('picture' in linkPreview)) return content;
  const { picture, ...preview } = linkPreview;
  const large = Buffer.isBuffer(picture) && !isJidNewsletter(jid) ? await uploaded(picture, upload).catch(() => null) : null;
  return { ...content, linkPreview: { ...preview, ...(large ? { highQualityThumbnail: large } : {}) } } as AnyMessageContent;
}

async function uploaded(image: Buffer, upload: WAMediaUploadFunction): Promise<object | null> {
  const { imageMessage } = await prepareWAMessageMedia({ image }, { upload, mediaTypeOverride: 'thumbnail-link' });
  return imageMessage ?? null;
}
