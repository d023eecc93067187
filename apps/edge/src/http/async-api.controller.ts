import { Controller, Get } from '@nestjs/common';
import { asyncApiDocument, type AsyncApiDocument } from '@wabus/contracts/docs';
import { OpenEndpoint } from '@wabus/runtime';

/** The AsyncAPI document of this version, for tools that read it without a token: it holds no secrets. */
@OpenEndpoint()
@Controller('api')
export class AsyncApiController {
  private document: AsyncApiDocument | undefined;

  @Get('asyncapi.json')
  asyncApi(): AsyncApiDocument {
    return (this.document ??= asyncApiDocument());
  }
}
