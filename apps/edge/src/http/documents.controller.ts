import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Controller, Get, Param, Res } from '@nestjs/common';
import { WabusError } from '@wabus/contracts';
import {
  asyncApiDocument,
  openApiDocument,
  openApiPage,
  openApiStart,
  SWAGGER_FILES,
  type AsyncApiDocument,
  type OpenApiDocument
} from '@wabus/contracts/docs';
import { OpenEndpoint, VERSION } from '@wabus/runtime';
import type { Response } from 'express';
import { HTTP_STATUS } from './wabus-error.filter.js';

const UI = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

const START = openApiStart('/api/openapi.json');
const PAGE = openApiPage('/api/docs/');

/**
 * Swagger UI sets inline styles and shows pictures from data URLs. The page loads nothing from other hosts, and the policy does not force
 * https, which an edge may not have.
 */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Serves the OpenAPI document of this version and a page to browse it. Neither contains secrets, so no token is required. */
@OpenEndpoint()
@Controller('api')
export class OpenApiController {
  private document: OpenApiDocument | undefined;

  @Get('openapi.json')
  openApi(): OpenApiDocument {
    return (this.document ??= openApiDocument({ httpStatus: HTTP_STATUS, version: VERSION }));
  }

  @Get('docs')
  page(@Res() response: Response): void {
    response.setHeader('Content-Security-Policy', POLICY).type('text/html').send(PAGE);
  }

  @Get('docs/:file')
  file(@Param('file') file: string, @Res() response: Response): void {
    if (file === 'start.js') {
      response.type('text/javascript').send(START);
      return;
    }
    // Other files of the package, or of the disk, cannot be named.
    if (!Object.hasOwn(SWAGGER_FILES, file)) throw new WabusError('NOT_FOUND');
    // These files are large, and change only with the version of Wabus.
    response.sendFile(join(UI, file), {
      headers: { 'Content-Type': SWAGGER_FILES[file]!, 'Cache-Control': 'public, max-age=3600' },
      cacheControl: false,
      dotfiles: 'allow'
    });
  }
}

/** Serves the AsyncAPI document of this version. It contains no secrets, so tools can read it without a token. */
@OpenEndpoint()
@Controller('api')
export class AsyncApiController {
  private document: AsyncApiDocument | undefined;

  @Get('asyncapi.json')
  asyncApi(): AsyncApiDocument {
    return (this.document ??= asyncApiDocument({ version: VERSION }));
  }
}
