import { HealthRegistry } from './health.registry.js';

describe('HealthRegistry', () => {
  it('reports checks that throw or time out, with the reason', async () => {
    const registry = new HealthRegistry();
    registry.add({ name: 'throws', kind: 'ready', check: () => Promise.reject(new Error('no route')) });
    registry.add({ name: 'hangs', kind: 'ready', check: () => new Promise(() => undefined), timeoutMs: 5 });
    registry.add({ name: 'well', kind: 'ready', check: () => true });
    expect(await registry.report('ready')).toEqual({
      status: 'failing',
      checks: {
        throws: { status: 'failing', reason: 'no route' },
        hangs: { status: 'failing', reason: 'no answer within 5 ms' },
        well: { status: 'ok' }
      }
    });
  });

  it('reports the details of a failed check for programs', async () => {
    const registry = new HealthRegistry();
    const error = Object.assign(new Error('it does not store'), { details: { notStored: ['A'] } });
    registry.add({ name: 'broker', kind: 'ready', check: () => Promise.reject(error) });
    expect((await registry.report('ready')).checks['broker']).toEqual({
      status: 'failing',
      reason: 'it does not store',
      details: { notStored: ['A'] }
    });
  });

  it('reports the detail of a passing check', async () => {
    const registry = new HealthRegistry();
    registry.add({ name: 'models', kind: 'ready', check: () => ({ detail: '3 events skipped' }) });
    expect(await registry.report('ready')).toEqual({ status: 'ok', checks: { models: { status: 'ok', detail: '3 events skipped' } } });
  });

  it('separates liveness from readiness of the broker', async () => {
    const registry = new HealthRegistry();
    registry.add({ name: 'broker', kind: 'ready', check: () => ({ failing: 'away' }) });
    expect(await registry.report('live')).toEqual({ status: 'ok', checks: {} });
  });

  it('removes a check', async () => {
    const registry = new HealthRegistry();
    const remove = registry.add({ name: 'broker', kind: 'ready', check: () => ({ failing: 'away' }) });
    remove();
    expect((await registry.report('ready')).status).toBe('ok');
  });

  it('refuses a second check of the same name', () => {
    const registry = new HealthRegistry();
    registry.add({ name: 'broker', kind: 'ready', check: () => true });
    expect(() => registry.add({ name: 'broker', kind: 'ready', check: () => true })).toThrow("'ready/broker'");
    expect(() => registry.add({ name: 'broker', kind: 'live', check: () => true })).not.toThrow();
  });
});
