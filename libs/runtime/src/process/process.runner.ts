import type { AddressInfo } from 'node:net';
import type { INestApplication } from '@nestjs/common';
import type { Logger } from 'pino';
import { summarise } from '../config/config-describer.js';
import { ConfigError } from '../config/config.errors.js';
import { loadConfig, unknownInEnvironment } from '../config/config.loader.js';
import type { ConfigClass } from '../config/setting.decorator.js';
import { FrameworkLogger } from '../logging/framework.logger.js';
import { ignoreOutputFailures } from '../logging/log-destination.js';
import type { LogLevel } from '../logging/log-options.policy.js';
import { createLogger } from '../logging/process.logger.js';
import { startTracing } from '../tracing/tracing-starter.js';
import type { TracingConfig } from '../tracing/tracing.config.js';
import { VERSION } from './version.js';
import { ProcessStop } from './process-stop.js';

/** The settings that the runner itself needs; config classes implement it. */
export interface ProcessSettings extends Partial<TracingConfig> {
  /** Address to listen on. */
  host: string;
  /** 0 lets the system choose. */
  port: number;
  logLevel: LogLevel;
  /** Time limit of an orderly stop in ms. Default 8,000, below the usual limits of supervisors. */
  stopTimeoutMs?: number;
}

export interface ProcessContext<C> {
  config: C;
  logger: Logger;
  /** For `NestFactory.create(module, { logger: frameworkLogger })`. */
  frameworkLogger: FrameworkLogger;
}

export interface ProcessOptions<C extends ProcessSettings> {
  /** `connector` or `edge`: the `service` of every log line. */
  name: string;
  config: ConfigClass<C>;
  /** Field names to redact in logs in addition to the default ones. */
  redact?: readonly string[];
  /** Creates the application from a module that imports `RuntimeModule`; it must not be initialized or listening yet. */
  create: (context: ProcessContext<C>) => Promise<INestApplication>;
  /** Called once, when the process listens, with the address at which clients reach it. */
  onListening?: (url: string, context: ProcessContext<C>) => void;
}

/**
 * Runs a process: loads and validates the settings, creates the application, listens, and stops in order ({@link ProcessStop}) on SIGTERM, SIGINT, an uncaught
 * exception or an unhandled rejection.
 * Resolves when it listens. Invalid settings or a failed start end the process with code 1 after one line with the reason.
 */
export async function runProcess<C extends ProcessSettings>(options: ProcessOptions<C>): Promise<void> {
  ignoreOutputFailures();
  const warnings: string[] = [];
  const config = loadOrExit(options.config, warnings);
  const logger = createLogger({ service: options.name, level: config.logLevel, redact: options.redact });
  for (const warning of warnings) logger.warn({ warning }, 'setting not recommended');
  for (const { name, nearest } of unknownInEnvironment()) logger.warn({ setting: name, nearest }, 'unknown setting');
  logger.info({ version: VERSION, node: process.version, settings: summarise(config) }, 'starting');

  const stop = new ProcessStop({ logger, timeoutMs: config.stopTimeoutMs ?? 8_000 });
  stop.listenToSignals();
  const context = { config, logger, frameworkLogger: new FrameworkLogger(logger) };
  await startTracing(config, options.name, logger);
  try {
    const app = await options.create(context);
    stop.owns(app);
    await app.listen(config.port, config.host);
    const url = urlOf(app.getHttpServer() as { address(): AddressInfo }, config.host);
    logger.info({ url }, 'listening');
    options.onListening?.(url, context);
  } catch (err) {
    if (stop.begun) return;
    logger.fatal({ err }, 'cannot start');
    await stop.begin('boot failed', 1);
  }
}

function loadOrExit<C extends object>(config: ConfigClass<C>, warnings: string[]): C {
  try {
    return loadConfig(config, undefined, { onWarning: message => warnings.push(message) });
  } catch (err) {
    if (!(err instanceof ConfigError)) throw err;
    // For an operator at a terminal, before the log level is known.
    process.stderr.write(`${err.message}\n`);
    process.exit(1);
  }
}

function urlOf(server: { address(): AddressInfo }, host: string): string {
  const shown = ['0.0.0.0', '::', ''].includes(host) ? '127.0.0.1' : host;
  return `http://${shown.includes(':') ? `[${shown}]` : shown}:${server.address().port}`;
}
