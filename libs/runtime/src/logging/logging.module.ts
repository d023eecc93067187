import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type DynamicModule, Module } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import type { Logger } from 'pino';
import { Log } from './log.js';
import { acceptedRequestId, loggedPath, requestLevel } from './log-options.policy.js';

const ROUTINE = /^\/(health|metrics)([/?]|$)/;

/** Provides `Log` for Wabus code and `PinoLogger` for lines that contain their request, and logs one line per HTTP request; all use one logger. */
@Module({})
export class LoggingModule {
  static register(logger: Logger): DynamicModule {
    const requests = LoggerModule.forRoot({
      pinoHttp: {
        logger,
        quietReqLogger: true,
        genReqId: request => acceptedRequestId(request.headers['x-request-id']) ?? randomUUID(),
        serializers: {
          req: ({ id, method, url }: { id: string; method: string; url: string }) => ({ id, method, path: loggedPath(url) }),
          res: ({ statusCode }: { statusCode: number }) => ({ statusCode })
        },
        customLogLevel: (_request: IncomingMessage, response: ServerResponse, err?: Error) => requestLevel(response.statusCode, err),
        customSuccessMessage: () => 'request served',
        customErrorMessage: () => 'request failed',
        autoLogging: { ignore: request => ROUTINE.test(request.url ?? '') }
      }
    });
    return {
      module: LoggingModule,
      global: true,
      imports: [requests],
      providers: [{ provide: Log, useValue: new Log(logger) }],
      exports: [Log]
    };
  }
}
