import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import type { MediaReference, SessionId } from '@wabus/contracts';
import type { Principal } from '../auth/principal.js';
import { MediaSettings } from './media.settings.js';
import { MediaShelf } from './media.shelf.js';
import { TransferLimiter } from './transfer.limiter.js';
import { readUpload } from './upload.reader.js';

/** Takes the files that clients upload. */
@Injectable()
export class UploadDesk {
  constructor(
    private readonly shelf: MediaShelf,
    private readonly settings: MediaSettings,
    private readonly transfers: TransferLimiter
  ) {}

  /** Hands what a request brings to `use`, under the limits of uploads but for its size. Throws as `readUpload` and `use` do, and `LIMIT_REACHED`. */
  through<T>(
    principal: Principal,
    { request, maxFileBytes }: { request: IncomingMessage; maxFileBytes: number },
    use: (content: AsyncIterable<Uint8Array>) => Promise<T>
  ): Promise<T> {
    const limits = { ...this.settings, maxFileBytes };
    return this.transfers.pass(principal, () => readUpload(request, { fileName: undefined, limits }, ({ content }) => use(content)));
  }

  /** Stores the file in a request. Throws as `readUpload` and `MediaShelf.put` do, and `LIMIT_REACHED`. */
  take(
    principal: Principal,
    session: SessionId,
    upload: { request: IncomingMessage; fileName: string | undefined }
  ): Promise<MediaReference> {
    const { request, fileName } = upload;
    return this.transfers.pass(principal, () =>
      readUpload(request, { fileName, limits: this.settings }, file => this.shelf.put(session, file))
    );
  }
}
