import 'reflect-metadata';
import { writeSync } from 'node:fs';
import { Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { IsIn, IsInt, IsOptional, Min } from 'class-validator';
import { withinBorder } from '../border/error-border.js';
import { Setting } from '../config/setting.decorator.js';
import type { LogLevel } from '../logging/log-options.policy.js';
import { RuntimeModule } from '../runtime.module.js';
import { StopSequence } from '../stop/stop-sequence.js';
import { type ProcessSettings, runProcess } from './process.runner.js';

/** A process that reports the order in which it stops and fails on request: run by process.runner.int.spec.ts. */
class FixtureConfig implements ProcessSettings {
  @Setting({ env: 'FIXTURE_HOST', description: 'Address.' })
  host: string = '127.0.0.1';

  @Setting({ env: 'FIXTURE_PORT', description: 'Port.' })
  @IsInt()
  @Min(0)
  port: number = 0;

  @Setting({ env: 'FIXTURE_LEVEL', description: 'Log level.' })
  logLevel: LogLevel = 'info';

  @Setting({ env: 'FIXTURE_STOP_TIMEOUT_MS', description: 'Stop limit.', unit: 'ms' })
  stopTimeoutMs: number = 5_000;

  @Setting({ env: 'FIXTURE_FAULT', description: 'How to misbehave.' })
  @IsOptional()
  @IsIn(['boot', 'hang', 'slow', 'step', 'throw', 'reject', 'confined'])
  fault?: string;

  @Setting({ env: 'FIXTURE_TOKEN', description: 'A secret.', secret: true })
  token: string = '';
}

const say = (word: string): boolean => process.stdout.write(`${JSON.stringify({ msg: word })}\n`);

await runProcess({
  name: 'fixture',
  config: FixtureConfig,
  create: ({ config, logger, frameworkLogger }) => {
    @Module({ imports: [RuntimeModule.register({ service: 'fixture', logger })] })
    class FixtureModule implements OnModuleInit, OnApplicationShutdown {
      constructor(stop: StopSequence) {
        stop.add({ name: 'connection', phase: 'close', stop: () => void say('step close') });
        stop.add({ name: 'work', phase: 'drain', stop: () => this.drain() });
      }

      onModuleInit(): void {
        if (config.fault === 'boot') throw new Error('no broker');
      }

      onApplicationShutdown(): void {
        say('nest shutdown');
      }

      private drain(): Promise<void> {
        say('step drain');
        if (config.fault === 'slow') return new Promise(resolve => setTimeout(resolve, 200));
        if (config.fault === 'hang') return new Promise(() => undefined);
        return config.fault === 'step' ? Promise.reject(new Error('stuck')) : Promise.resolve();
      }
    }
    return NestFactory.create(FixtureModule, { logger: frameworkLogger });
  },
  onListening: (url, { config }) => {
    // For tests without a usable output.
    writeSync(3, url);
    if (config.fault === 'throw') {
      setImmediate(() => {
        throw new Error('out of the blue');
      });
    }
    if (config.fault === 'confined') {
      const border = { what: 'request', isOpen: true, end: () => void say('ended') };
      setImmediate(() =>
        withinBorder(border, () => {
          void Promise.reject(new Error('nobody waits'));
          throw new Error('out of the blue');
        })
      );
    }
    if (config.fault === 'reject') void Promise.reject(new Error('nobody waits'));
  }
});
