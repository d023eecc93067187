import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { isMediaReference, type MediaReference } from '@wabus/contracts';
import type { Request, Response } from 'express';
import { authorise } from '../auth/authorise.policy.js';
import { CurrentPrincipal } from '../auth/bearer.guard.js';
import type { Principal } from '../auth/principal.js';
import { CommandClient } from '../commands-out/command.client.js';
import { CommandLimiter } from '../commands-out/command.limiter.js';
import { checkSession } from '../commands-out/command-request.policy.js';
import { MediaResponder } from '../media/media.responder.js';
import { MediaStore } from '../media/media.store.js';
import { MessageMedia } from '../media/message-media.js';
import { Uploads } from '../media/upload.reader.js';
import { AnyBody } from './json-body.guard.js';
import { invalidParameter } from './query.policy.js';

/** Serves the files of a session: uploads for commands, and the files of its messages. */
@Controller('api/sessions/:session/media')
export class MediaController {
  constructor(
    private readonly store: MediaStore,
    private readonly messages: MessageMedia,
    private readonly responder: MediaResponder,
    private readonly commands: CommandClient,
    private readonly limiter: CommandLimiter,
    private readonly uploads: Uploads
  ) {}

  /** Uploads a file, as the request body or as the first file in a form. Returns the reference for use in commands. */
  @Post()
  @AnyBody()
  upload(
    @CurrentPrincipal() principal: Principal,
    @Param('session') id: string,
    @Query('fileName') fileName: unknown,
    @Req() request: Request
  ): Promise<MediaReference> {
    const session = checkSession(id);
    authorise(principal, 'send', session);
    const name = optionalText('fileName', fileName);
    this.limiter.takeUpload(principal);
    return this.uploads.take(principal, session, { request, fileName: name });
  }

  /** Fetches the file of a message that an event reported. Returns a reference to the file. */
  @Post('download')
  @HttpCode(200)
  download(@CurrentPrincipal() principal: Principal, @Param('session') session: string, @Body() args: unknown): Promise<MediaReference> {
    return this.commands.execute(principal, { session, method: 'downloadMedia', args }) as Promise<MediaReference>;
  }

  /** Sends the content of a file by its reference, or of the message in the event of a cursor. The latter is fetched from WhatsApp first. */
  @Get(':ref')
  async content(
    @CurrentPrincipal() principal: Principal,
    @Param() { session: id, ref }: { session: string; ref: string },
    @Req() request: Request,
    @Res() response: Response
  ): Promise<void> {
    const session = checkSession(id);
    authorise(principal, 'read', session);
    let media = ref;
    if (!isMediaReference(ref)) {
      const { key, message } = (await this.messages.message(
        session,
        ref,
        optionalText('message', request.query['message']) ?? null
      )) as Record<string, unknown>;
      ({ media } = await this.download(principal, session, { message: { key, message } }));
    }
    await this.responder.send(await this.store.find(session, media), principal, { request, response });
  }
}

function optionalText(name: string, value: unknown): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  throw invalidParameter(name, 'must be given once');
}
