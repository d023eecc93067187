import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Global, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { BrokerModule } from '@wabus/broker';
import { OWNERSHIP_BUCKET, REGISTRY_BUCKET } from '@wabus/contracts';
import { RuntimeModule } from '@wabus/runtime';
import { awaitCondition } from '@wabus/testing';
import { pino } from 'pino';
import { AuthStateModule } from '../auth-state/auth-state.module.js';
import { AuthStateStore } from '../auth-state/auth-state.store.js';
import { SessionStatusStore } from '../session-status/session-status.store.js';
import { OwnershipFixture, RecordingRunner, sessionId } from './ownership.fixture.js';
import { OwnershipLoop } from './ownership.loop.js';
import { OwnershipModule } from './ownership.module.js';
import { SINGLE_SERVER_TIMING } from './ownership.options.js';
import { SessionRunner } from './session-lease.js';
import { SessionStatusModule } from '../session-status/session-status.module.js';

const runner = new RecordingRunner();

@Global()
@Module({ providers: [{ provide: SessionRunner, useValue: runner }], exports: [SessionRunner] })
class RunnerModule {}

describe('the modules of ownership, auth state and broker', () => {
  it('start together, take sessions, and return them on close', async () => {
    const fixture = await OwnershipFixture.launch();
    const folder = mkdtempSync(join(tmpdir(), 'wabus-module-'));
    const logger = pino({ level: 'silent' });
    const session = sessionId('a');
    try {
      await fixture.setDesired(session, 'running');
      @Module({
        imports: [
          BrokerModule.register({
            connection: { servers: [fixture.server.url], name: 'test' },
            buckets: [{ name: REGISTRY_BUCKET }, { name: OWNERSHIP_BUCKET }]
          }),
          RuntimeModule.register({ service: 'test', logger }),
          RunnerModule,
          AuthStateModule.register(join(folder, 'auth.key')),
          SessionStatusModule,
          OwnershipModule.register({ connector: 'c1', timing: SINGLE_SERVER_TIMING })
        ]
      })
      class TestModule {}
      const app = await NestFactory.createApplicationContext(TestModule, { logger: false, abortOnError: false });
      const lease = await awaitCondition(
        () => runner.running.get(session)!,
        known => known.isValid()
      );
      expect(app.get(OwnershipLoop).sessions).toEqual([session]);
      const auth = await app.get(AuthStateStore).open(lease);
      await auth.writeKeys({ session: { x: 'one' } });
      expect(await auth.readKeys('session', ['x'])).toEqual({ x: 'one' });
      expect(await app.get(SessionStatusStore).read(lease)).toBeNull();
      await app.close();
      expect(runner.running.size).toBe(0);
      expect(await fixture.keys()).not.toContain('node.c1');
    } finally {
      await fixture.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
