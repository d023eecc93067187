import type { LoggerService } from '@nestjs/common';
import type { Logger } from 'pino';

/** The contexts in which Nest reports each module and route that it finds, which is of no interest in operation. */
const BOOT_CHATTER = new Set([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestApplication',
  'NestMicroservice',
  'WebSocketsController'
]);

/** Forwards log output of Nest itself and of `new Logger(context)` to the process's logger. Pass it to `NestFactory.create(…, { logger })`. */
export class FrameworkLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    const context = contextOf(rest);
    this.write(context !== undefined && BOOT_CHATTER.has(context) ? 'debug' : 'info', message, context);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, contextOf(rest));
  }

  error(message: unknown, ...rest: unknown[]): void {
    // Nest's exception handlers pass (message, stack, context) instead of the error.
    const stack = rest.length > 1 && typeof rest[0] === 'string' ? rest[0] : undefined;
    const err = stack === undefined ? message : Object.assign(new Error(String(message)), { stack });
    this.write('error', err, contextOf(rest));
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, contextOf(rest));
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, contextOf(rest));
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, contextOf(rest));
  }

  private write(level: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal', message: unknown, context: string | undefined): void {
    const fields = context === undefined ? {} : { component: context };
    if (message instanceof Error) this.logger[level]({ ...fields, err: message }, message.message);
    else if (typeof message === 'object' && message !== null) this.logger[level]({ ...fields, ...message });
    else this.logger[level](fields, String(message));
  }
}

/** The bundler renames classes that are decorated or that share a name: `InstanceLoader` becomes `_InstanceLoader`, and `Logger` becomes `Logger2`. */
const BUNDLED_NAME = /^_|\d+$/g;

function contextOf(rest: unknown[]): string | undefined {
  const last = rest.at(-1);
  return typeof last === 'string' ? last.replaceAll(BUNDLED_NAME, '') : undefined;
}
