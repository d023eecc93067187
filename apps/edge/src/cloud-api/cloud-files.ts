import { Injectable } from '@nestjs/common';
import type { SessionId } from '@wabus/contracts';
import type { Request } from 'express';
import type { Principal } from '../auth/principal.js';
import { TrustedProxies } from '../auth/trusted-proxies.js';
import { CommandLimiter } from '../commands-out/command.limiter.js';
import { MediaResponder } from '../media/media.responder.js';
import { Uploads } from '../media/upload.reader.js';
import { encodeMediaId } from './wamid.codec.js';

/** Transfers files over HTTP. */
@Injectable()
export class CloudFiles {
  constructor(
    private readonly uploads: Uploads,
    private readonly limiter: CommandLimiter,
    private readonly responder: MediaResponder,
    private readonly proxies: TrustedProxies
  ) {}

  /** Stores the file of a form, and returns its media id. Throws the errors of uploads. */
  async upload(principal: Principal, session: SessionId, request: Request): Promise<string> {
    this.limiter.takeUpload(principal);
    const { media } = await this.uploads.take(principal, session, { request, fileName: undefined });
    return encodeMediaId({ session, ref: media, message: null });
  }

  originOf(request: Request): string {
    return this.proxies.originOf(request);
  }

  send(...answer: Parameters<MediaResponder['send']>): Promise<void> {
    return this.responder.send(...answer);
  }
}
