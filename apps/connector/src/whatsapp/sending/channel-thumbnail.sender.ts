import { createHash, randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MediaType, WASocket } from '@whiskeysockets/baileys';
import type { Logger } from 'pino';
import { MEDIA_PATH_MAP, isJidNewsletter } from '../baileys.js';
import type { PreviewPicture } from './preview-picture.js';

const KIND = 'newsletter-thumbnail-link';
const LIMIT_MS = 30_000;

// Baileys has no place for the pictures of link previews in channels.
Object.assign(MEDIA_PATH_MAP, { [KIND]: '/newsletter/newsletter-thumbnail-link' });

interface PreviewOf {
  readonly linkPreview?: { readonly large?: PreviewPicture } | null;
}

/**
 * Uploads the picture of a link preview for a channel: in the clear, to a place of its own, and named without a key (zapo PR 216). Answers the content as Baileys takes it. Without the
 * picture the preview has the small one.
 */
export async function withChannelThumbnail<Content extends object>(
  jid: string,
  content: Content,
  { upload, logger }: { readonly upload: WASocket['waUploadToServer']; readonly logger: Logger }
): Promise<Content> {
  const { large, ...preview } = (content as PreviewOf).linkPreview ?? {};
  if (!large) return content;
  const bare = { ...content, linkPreview: preview };
  if (!isJidNewsletter(jid)) return bare;
  const { jpeg, width, height } = large;
  const fileSha256 = createHash('sha256').update(jpeg).digest();
  const path = join(tmpdir(), `wabus-preview-${randomUUID()}`);
  try {
    await writeFile(path, jpeg);
    const { directPath } = await upload(path, {
      mediaType: KIND as MediaType,
      fileEncSha256B64: fileSha256.toString('base64'),
      timeoutMs: LIMIT_MS
    });
    return { ...bare, linkPreview: { ...preview, highQualityThumbnail: { directPath, fileSha256, width, height } } };
  } catch (err) {
    logger.warn({ err }, 'the picture of a link preview could not be uploaded, sending without it');
    return bare;
  } finally {
    await rm(path, { force: true });
  }
}
