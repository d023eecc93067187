import { extractImageThumb } from '../baileys.js';

/** What Baileys draws under a link. */
const WIDTH = 192;

/** A small JPEG of a picture, for the preview of a link; `null` for what is no picture that can be read. */
export async function previewPicture(picture: Buffer): Promise<Buffer | null> {
  try {
    const { buffer } = (await extractImageThumb(picture, WIDTH)) as { buffer: Buffer };
    return buffer;
  } catch {
    return null;
  }
}
