import { extractImageThumb } from '../baileys.js';

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
