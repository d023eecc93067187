import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import { plainMediaType, WabusError } from '@wabus/contracts';
import type { Request, Response } from 'express';
import type { Principal } from '../auth/principal.js';
import { contentDisposition, mayBeShown, requestedRange } from './media.policy.js';
import { MediaSettings, TransferLimiter } from './media.settings.js';
import type { ShelvedMedia } from './media.store.js';
import { PaceWatch } from './pace.watch.js';

/** The number of listeners that a pipeline adds for the end of a response. Those for counting requests and confining errors come in addition. */
const PIPELINE_LISTENERS = 7;

/** Responds with a file, or with the requested range of it, as fast as the client reads. */
@Injectable()
export class MediaResponder {
  constructor(
    private readonly transfers: TransferLimiter,
    private readonly settings: MediaSettings
  ) {}

  /**
   * Resolves when the client has received everything, has disconnected, or reads too slowly, in which case the response is aborted. Throws `LIMIT_REACHED`.
   */
  async send(
    { reference, read }: ShelvedMedia,
    principal: Principal,
    { request, response }: { request: Request; response: Response }
  ): Promise<void> {
    const { bytes, sha256, fileName } = reference;
    // Files stored by older releases may have any type.
    const mimetype = plainMediaType(reference.mimetype) ?? 'application/octet-stream';
    const etag = `"${sha256}"`;
    // A client with another version of the file needs the whole file.
    const stale = request.headers['if-range'] !== undefined && request.headers['if-range'] !== etag;
    const range = stale ? null : requestedRange(request.headers.range, bytes);
    response
      .setHeader('Accept-Ranges', 'bytes')
      .setHeader('ETag', etag)
      .setHeader('Content-Type', mimetype)
      .setHeader('Content-Disposition', contentDisposition(mayBeShown(mimetype) ? 'inline' : 'attachment', fileName))
      .setHeader('Content-Security-Policy', "sandbox; default-src 'none'");
    if (range === 'unsatisfiable') {
      response.status(416).setHeader('Content-Range', `bytes */${bytes}`).removeHeader('Content-Type');
      response.end();
      return;
    }
    const { first, last } = range ?? { first: 0, last: bytes - 1 };
    response.status(range ? 206 : 200).setHeader('Content-Length', last + 1 - first);
    if (range) response.setHeader('Content-Range', `bytes ${first}-${last}/${bytes}`);
    if (request.method === 'HEAD') {
      response.end();
      return;
    }
    await this.transfers.pass(principal, () => this.pour(read({ first, last }), response));
  }

  private async pour(content: AsyncIterable<Uint8Array>, response: Response): Promise<void> {
    const pieces = content[Symbol.asyncIterator]();
    // Before the first byte is sent, the response can still become an error.
    const begun = await pieces.next();
    const watch = new PaceWatch(this.settings.pace, () => response.destroy());
    const all = async function* (): AsyncGenerator<Uint8Array> {
      for (let next = begun; !next.done; next = await pieces.next()) {
        watch.resume();
        yield next.value;
        watch.passed(next.value.length);
        watch.pause();
      }
    };
    response.setMaxListeners(response.getMaxListeners() + PIPELINE_LISTENERS);
    try {
      await pipeline(Readable.from(all(), { objectMode: false, highWaterMark: 1 }), response);
    } catch (error) {
      // A disconnected client is not an error. For any other error, the response is aborted, so that its length shows that it is incomplete.
      if (error instanceof WabusError) response.destroy();
    } finally {
      watch.stop();
    }
  }
}
