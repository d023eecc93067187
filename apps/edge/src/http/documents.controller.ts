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

/** Swagger UI sets styles inline and shows pictures from data URLs. Nothing comes from elsewhere, and nothing asks for https where there is none. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The OpenAPI document of this version and a page to browse it, for whoever reads them without a token: they hold no secrets. */
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
    // Nothing else of the package, and of the disk, can be named.
    if (!Object.hasOwn(SWAGGER_FILES, file)) throw new WabusError('NOT_FOUND');
    // They change with the version of Wabus only, and are large.
    response.sendFile(join(UI, file), {
      headers: { 'Content-Type': SWAGGER_FILES[file]!, 'Cache-Control': 'public, max-age=3600' },
      cacheControl: false,
      dotfiles: 'allow'
    });
  }
}

/** The AsyncAPI document of this version, for tools that read it without a token: it holds no secrets. */
@OpenEndpoint()
@Controller('api')
export class AsyncApiController {
  private document: AsyncApiDocument | undefined;

  @Get('asyncapi.json')
  asyncApi(): AsyncApiDocument {
    return (this.document ??= asyncApiDocument({ version: VERSION }));
  }
}
