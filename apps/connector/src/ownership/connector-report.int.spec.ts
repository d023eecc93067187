import { connectorKey, decodeProcess, REGISTRY_BUCKET, type ProcessView } from '@wabus/contracts';
import { VERSION } from '@wabus/runtime';
import { awaitCondition } from '@wabus/testing';
import { OwnershipFixture } from './ownership.fixture.js';
import { SINGLE_SERVER_TIMING } from './ownership.options.js';

describe('the report of a connector', () => {
  let fixture: OwnershipFixture;
  beforeEach(async () => {
    fixture = await OwnershipFixture.launch();
  });
  afterEach(() => fixture.close());

  const said = async (connector: string): Promise<(ProcessView & { revision: number }) | null> => {
    const entry = await fixture.broker.buckets.bucket(REGISTRY_BUCKET).get(connectorKey(connector));
    const view = entry && decodeProcess(entry.value);
    return view && { ...view, revision: entry.revision };
  };
  const awaitReport = (connector: string): Promise<ProcessView> =>
    awaitCondition(
      () => said(connector),
      report => report !== null
    ).then(report => report!);

  it('exists without any session, and is removed at a stop', async () => {
    const c1 = await fixture.connector('c1');
    const { version, startedAt, memoryBytes, cpu } = await awaitReport('c1');
    expect(version).toBe(VERSION);
    expect(Date.parse(startedAt!)).toBeLessThan(Date.now());
    expect(memoryBytes).toBeGreaterThan(1_000_000);
    expect(cpu).toBeGreaterThan(0);
    await c1.loop.drain();
    await expect(said('c1')).resolves.toBeNull();
  });

  it('is renewed when due, not with each renewal of the lease', async () => {
    await fixture.connector('c1', { timing: { ...SINGLE_SERVER_TIMING, renewMs: 50, reportMs: 600 } });
    await awaitReport('c1');
    const { revision } = (await said('c1'))!;
    const began = performance.now();
    await awaitCondition(
      () => said('c1'),
      report => report!.revision > revision
    );
    expect(performance.now() - began).toBeGreaterThan(300);
  });

  it('expires if the connector is cut off', async () => {
    const c1 = await fixture.connector('c1', { timing: { ...SINGLE_SERVER_TIMING, reportMs: 300 } });
    await awaitReport('c1');
    c1.proxy.reset();
    await awaitCondition(
      () => said('c1'),
      report => report === null,
      { waitMs: 8_000, what: 'a report that has expired' }
    );
  }, 15_000);

  it('is not removed by a waiting process with the same id', async () => {
    await fixture.connector('c1');
    await awaitReport('c1');
    const twin = await fixture.prepare('c1');
    const starting = expect(twin.loop.start()).rejects.toMatchObject({ name: 'AbortError' });
    await twin.loop.drain();
    await starting;
    await expect(said('c1')).resolves.toMatchObject({ version: VERSION });
  });
});
