import { StringDecoder } from 'node:string_decoder';
import { Controller, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { WabusError, type ImportProgress } from '@wabus/contracts';
import type { Request, Response } from 'express';
import { authorise } from '../auth/authorise.policy.js';
import { CurrentPrincipal } from '../auth/bearer.guard.js';
import type { Principal } from '../auth/principal.js';
import { checkSession } from '../commands-out/command-request.policy.js';
import { DeviceExport } from '../credential-transfer/device-export.js';
import { DeviceImport } from '../credential-transfer/device-import.js';
import { TransferSettings } from '../credential-transfer/transfer.client.js';
import { Uploads } from '../media/upload.reader.js';
import { BackPressureWriter, HttpSettings } from './back-pressure.writer.js';
import { AnyBody } from './json-body.guard.js';
import { invalidParameter } from './query.policy.js';

const NDJSON = 'application/x-ndjson';

/** Imports linked devices from other gateways, and exports them. */
@Controller('api/sessions/:session')
export class TransferController {
  constructor(
    private readonly imports: DeviceImport,
    private readonly exports: DeviceExport,
    private readonly uploads: Uploads,
    private readonly settings: TransferSettings,
    private readonly answers: HttpSettings
  ) {}

  /** Imports the body and returns the report. Clients that accept NDJSON also get `{progress}` lines before `{report}` or `{error}`. */
  @Post('import')
  @AnyBody()
  @HttpCode(200)
  async import(
    @CurrentPrincipal() principal: Principal,
    @Param('session') id: string,
    @Req() request: Request,
    @Res() response: Response
  ): Promise<void> {
    const session = checkSession(id);
    authorise(principal, 'control', session);
    const lines = request.accepts(['json', NDJSON]) === NDJSON ? new ProgressLines(response) : null;
    const options = {
      session,
      dryRun: flag('dryRun', request.query['dryRun']),
      onProgress: (progress: ImportProgress) => lines?.report(progress)
    };
    try {
      const report = await this.uploads.through(principal, { request, maxFileBytes: this.settings.maxBytes }, content =>
        this.imports.run({ ...options, content })
      );
      if (lines) lines.end({ report });
      else response.json(report);
    } catch (error) {
      if (!lines?.begun) throw error;
      lines.end({ error: WabusError.from(error).toBody() });
    }
  }

  @Post('export')
  @HttpCode(200)
  async export(@CurrentPrincipal() principal: Principal, @Param('session') id: string, @Res() response: Response): Promise<void> {
    const session = checkSession(id);
    authorise(principal, 'control', session);
    const content = await this.exports.open(session);
    response.setHeader('Content-Type', NDJSON);
    response.setHeader('Content-Disposition', `attachment; filename="${session}.wabus-auth.ndjson"`);
    const writer = new BackPressureWriter(response, { ended: new AbortController().signal, stallMs: this.answers.stallMs });
    // A chunk may end within a character.
    const decoder = new StringDecoder('utf8');
    try {
      for await (const part of content) await writer.write(decoder.write(part));
      writer.end();
    } catch {
      // An export without its last line is refused on every import.
      writer.cut();
    }
  }
}

/**
 * The progress of an import, line by line. The response starts only after the request is read, because clients differ in how they treat an earlier response.
 */
class ProgressLines {
  begun = false;

  constructor(private readonly response: Response) {}

  report(progress: ImportProgress): void {
    if (progress.step !== 'receiving') this.write({ progress });
  }

  end(line: object): void {
    this.write(line);
    this.response.end();
  }

  private write(line: object): void {
    if (!this.begun) this.response.status(200).setHeader('Content-Type', NDJSON);
    this.begun = true;
    this.response.write(`${JSON.stringify(line)}\n`);
  }
}

function flag(name: string, value: unknown): boolean {
  if (value === undefined || value === 'false') return false;
  if (value === 'true' || value === '') return true;
  throw invalidParameter(name, 'must be true or false');
}
