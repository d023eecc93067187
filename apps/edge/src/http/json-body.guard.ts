import { Injectable, SetMetadata, type CanActivate, type CustomDecorator, type ExecutionContext } from '@nestjs/common';
import { WabusError } from '@wabus/contracts';
import type { Request } from 'express';

const ANY_BODY = 'wabus:any-body';

/** Marks a handler that reads the body itself, whatever its type. */
export const AnyBody = (): CustomDecorator => SetMetadata(ANY_BODY, true);

/** Refuses a body that no parser has read, with a remedy. Otherwise a handler would miss fields that the client sent. */
@Injectable()
export class JsonBodyGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    if (context.getType() !== 'http' || Reflect.getMetadata(ANY_BODY, context.getHandler()) === true) return true;
    const request = context.switchToHttp().getRequest<Request>();
    const { method, headers } = request;
    if (method === 'GET' || method === 'HEAD' || request.body !== undefined || !hasBody(headers)) return true;
    const { 'content-type': type } = headers;
    throw new WabusError('INVALID_REQUEST', {
      message: `The request body was not read because ${type === undefined ? 'Content-Type is missing' : `its Content-Type is ${JSON.stringify(type.slice(0, 100))}`}. Send JSON with the header "Content-Type: application/json".`,
      details: { header: 'Content-Type', expected: 'application/json' }
    });
  }
}

/** Some clients announce an empty body as chunked. */
function hasBody({ 'content-length': length, 'transfer-encoding': coding, 'content-type': type }: Request['headers']): boolean {
  return Number(length ?? 0) > 0 || (coding !== undefined && type !== undefined);
}
