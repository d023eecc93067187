import { createHash, randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MediaType, WASocket } from '@whiskeysockets/baileys';
import type { Logger } from 'pino';
import { MEDIA_PATH_MAP } from '../baileys.js';

const KIND = 'newsletter-thumbnail-link';
const LIMIT_MS = 30_000;

// Baileys lacks the upload path for pictures of link previews in channels.
Object.assign(MEDIA_PATH_MAP, { [KIND]: '/newsletter/newsletter-thumbnail-link' });

/** A JPEG with its size in pixels. */
export interface PreviewPicture {
  readonly jpeg: Buffer;
  readonly width: number;
  readonly height: number;
}

export interface UploadParts {
  readonly upload: WASocket['waUploadToServer'];
  readonly logger: Logger;
}

/**
 * Uploads the picture of a link preview for a channel: unencrypted, to a path of its own, and referenced without a key (zapo PR 216). Resolves to the reference
 * for the preview, or to `null` if the upload fails.
 */
export async function uploadChannelThumbnail(
  { jpeg, width, height }: PreviewPicture,
  { upload, logger }: UploadParts
): Promise<object | null> {
  const fileSha256 = createHash('sha256').update(jpeg).digest();
  const path = join(tmpdir(), `wabus-preview-${randomUUID()}`);
  try {
    await writeFile(path, jpeg);
    const { directPath } = await upload(path, {
      mediaType: KIND as MediaType,
      fileEncSha256B64: fileSha256.toString('base64'),
      timeoutMs: LIMIT_MS
    });
    return { directPath, fileSha256, width, height };
  } catch (err) {
    logger.warn({ err }, 'failed to upload the picture for a link preview, sending the message without it');
    return null;
  } finally {
    await rm(path, { force: true });
  }
}
