import { connect } from '@nats-io/transport-node';
import { Logger, type LoggerService } from '@nestjs/common';
import { EVENT_STREAM, type SessionId } from '@wabus/contracts';
import { awaitCondition, createTempFolder, launchNatsServer } from '@wabus/testing';
import { openBroker } from '../broker.js';
import { BrokerFixture } from '../testing/broker.fixture.js';
import { changedFields } from './stream-provisioner.js';

interface Info {
  config: Record<string, unknown>;
  state: { messages: number };
}

describe('the streams', () => {
  let fixture: BrokerFixture;

  beforeEach(async () => {
    fixture = await BrokerFixture.launch();
  });
  afterEach(() => fixture.close());

  async function info(stream: string): Promise<Info> {
    const nats = await connect({ servers: fixture.server.url });
    const answer = (await nats.request(`$JS.API.STREAM.INFO.${stream}`)).json<Info>();
    await nats.close();
    return answer;
  }

  it('are created as the protocol specifies', async () => {
    await fixture.open({ eventLog: { maxBytes: 1_000_000 } });
    expect((await info(EVENT_STREAM)).config).toMatchObject({
      subjects: ['wa.evt.>'],
      storage: 'file',
      compression: 's2',
      max_bytes: 1_000_000,
      duplicate_window: 120e9,
      allow_direct: true,
      republish: { src: 'wa.evt.>', dest: 'wa.live.>' }
    });
    expect((await info('KV_TEST')).config).toMatchObject({
      max_msgs_per_subject: 1,
      allow_atomic: true,
      allow_msg_ttl: true,
      storage: 'file'
    });
  });

  it('follow changed options and keep their messages', async () => {
    const first = await fixture.open({ eventLog: { maxAgeMs: 3_600_000 } });
    const facts = {
      id: 'x',
      session: 'a' as SessionId,
      event: 'messages.upsert' as const,
      epoch: 1,
      at: '2026-01-01T00:00:00.000Z',
      schemaVersion: 1
    };
    await first.eventLog.pipeline.publish(facts, '1');
    await first.buckets.bucket('TEST').put('k', new Uint8Array([1]));
    await fixture.open({ eventLog: { maxAgeMs: 7_200_000 }, buckets: [{ name: 'TEST', markerTtlMs: 60_000 }] });
    expect(await info(EVENT_STREAM)).toMatchObject({ config: { max_age: 7_200e9 }, state: { messages: 1 } });
    expect(await info('KV_TEST')).toMatchObject({ config: { subject_delete_marker_ttl: 60e9 }, state: { messages: 1 } });
  });

  it('have a mark of their record format, also existing ones', async () => {
    const nats = await connect({ servers: fixture.server.url });
    await nats.request(
      '$JS.API.STREAM.CREATE.KV_TEST',
      JSON.stringify({ name: 'KV_TEST', subjects: ['$KV.TEST.>'], storage: 'file', metadata: { mine: 'stays' } })
    );
    await nats.close();
    await fixture.open();
    expect((await info('KV_TEST')).config).toMatchObject({ metadata: { 'wabus.format': '1', 'wabus.release': '0.1.0', mine: 'stays' } });
    expect((await info(EVENT_STREAM)).config).toMatchObject({ metadata: { 'wabus.format': '1' } });
  });

  it('of a newer release stop the start in one line, untouched', async () => {
    await fixture.open();
    const nats = await connect({ servers: fixture.server.url });
    const { config } = await info('KV_TEST');
    const newer = { ...config, metadata: { 'wabus.format': '9', 'wabus.release': '3.1.0' } };
    await nats.request('$JS.API.STREAM.UPDATE.KV_TEST', JSON.stringify(newer));
    await nats.close();
    const before = await info(EVENT_STREAM);
    const changed = { eventLog: { maxAgeMs: 7_200_000 }, buckets: [{ name: 'NEW' }, { name: 'TEST', markerTtlMs: 60_000 }] };
    await expect(fixture.open(changed)).rejects.toThrow(
      'Stream KV_TEST has format 9, and this release knows formats up to 1. Use release 3.1.0 or newer. Nothing was changed.'
    );
    expect((await info('KV_TEST')).config).toMatchObject(newer);
    // No stream before it was stored either.
    expect((await info(EVENT_STREAM)).config).toEqual(before.config);
    expect(await info('KV_NEW')).toMatchObject({ error: { err_code: 10059 } });
  });

  it('can be provisioned by many processes at once', async () => {
    await Promise.all(Array.from({ length: 5 }, () => fixture.open()));
    expect((await info(EVENT_STREAM)).state.messages).toBe(0);
  });

  it('stop the start with the reason if the server refuses them', async () => {
    const connection = { servers: [fixture.server.url], name: 'test' };
    await expect(openBroker({ connection, eventLog: { replicas: 3 }, buckets: [] })).rejects.toMatchObject({ code: 10074 });
  });

  it('that do not fit are reported with need, room and setting', async () => {
    const store = createTempFolder('small');
    const small = await launchNatsServer({ configuration: `jetstream { store_dir: "${store.path}", max_file_store: 1GB }` });
    const warnings: Record<string, unknown>[] = [];
    const quiet = (): void => undefined;
    Logger.overrideLogger({ log: quiet, error: quiet, warn: fields => warnings.push(fields as never) } satisfies LoggerService);
    const giveUp = new AbortController();
    const settings = { connection: { servers: [small.url], name: 'test' }, buckets: [] };
    const opening = openBroker({ ...settings, eventLog: { maxBytes: 10 * 1024 ** 3 } }, giveUp.signal);
    const refused = expect(opening).rejects.toMatchObject({ name: 'AbortError' });
    await awaitCondition(
      () => warnings,
      lines => lines.length > 0
    );
    Logger.overrideLogger(['fatal']);
    expect(warnings[0]).toMatchObject({
      msg: 'nats has too little storage for the stream, retrying',
      stream: EVENT_STREAM,
      needBytes: 10 * 1024 ** 3,
      haveBytes: 'less than 10737418240',
      reservedBytes: 0,
      setting: 'WABUS_EVENTS_MAX_BYTES'
    });
    expect(warnings[0]).not.toHaveProperty('err');
    giveUp.abort();
    await refused;
    const roomy = await openBroker({ ...settings, eventLog: { maxBytes: 100_000_000 } });
    await expect(roomy.health.check()).resolves.toBeUndefined();
    await roomy.close();
    await small.stop();
    store.remove();
  });

  it('are awaited without a broker, until the wait is aborted', async () => {
    await fixture.server.kill();
    const giveUp = new AbortController();
    const opening = openBroker({ connection: { servers: [fixture.server.url], name: 'test' }, buckets: [] }, giveUp.signal);
    const refused = expect(opening).rejects.toMatchObject({ name: 'AbortError' });
    giveUp.abort();
    await refused;
    const waiting = fixture.open();
    await fixture.server.restart();
    await expect((await waiting).health.check()).resolves.toBeUndefined();
  });

  it('are compared only in the fields of their definition', () => {
    const actual = { a: 1, nested: { x: 1, added: true }, list: ['a'], more: 2 };
    expect(changedFields({ name: 'S', subjects: [] }, { name: 'S', subjects: [], more: 1 })).toEqual([]);
    expect(changedFields({ a: 1, nested: { x: 1 }, list: ['a'] } as never, actual)).toEqual([]);
    expect(changedFields({ a: 2, nested: { x: 2 }, list: ['b'], absent: 1 } as never, actual)).toEqual(['a', 'nested', 'list', 'absent']);
  });
});
