import { unlink } from 'node:fs/promises';
import type { WAMediaUpload, WASocket } from '@whiskeysockets/baileys';
import { getRawMediaUploadData, getUrlFromDirectPath } from '../baileys.js';

const UPLOAD_LIMIT_MS = 60_000;

/**
 * The fields of a product with its images uploaded, one after another. Baileys would upload them itself, but begins before the temporary file is written to its end, so that
 * WhatsApp refuses what it gets; images that are on WhatsApp's hosts already it takes as they are.
 */
export async function withUploadedImages<Product extends { images: WAMediaUpload[] }>(
  socket: WASocket,
  product: Product
): Promise<Product> {
  const images: WAMediaUpload[] = [];
  for (const image of product.images) images.push({ url: await upload(socket, image) });
  return { ...product, images };
}

async function upload(socket: WASocket, image: WAMediaUpload): Promise<string> {
  const { filePath, fileSha256 } = await getRawMediaUploadData(image, 'product-catalog-image');
  try {
    const { directPath } = await socket.waUploadToServer(filePath, {
      mediaType: 'product-catalog-image',
      fileEncSha256B64: fileSha256.toString('base64'),
      timeoutMs: UPLOAD_LIMIT_MS
    });
    return getUrlFromDirectPath(directPath);
  } finally {
    await unlink(filePath);
  }
}
