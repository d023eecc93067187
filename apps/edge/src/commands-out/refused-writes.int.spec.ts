import { REGISTRY_BUCKET, type ErrorBody, type SessionView } from '@wabus/contracts';
import { awaitCondition, changeStream, type EdgeAnswer } from '@wabus/testing';
import { EdgeFixture } from '../edge.fixture.js';

const STREAM = `KV_${REGISTRY_BUCKET}`;

interface Refusal {
  error: ErrorBody;
}

describe('writes that NATS refuses', () => {
  let edge: EdgeFixture;
  beforeAll(async () => {
    edge = await EdgeFixture.launch();
    for (const session of ['kept', 'late']) await edge.client().post('/api/sessions', { session });
  }, 30_000);
  afterAll(() => edge?.stop(), 30_000);

  const remove = (session: string): Promise<EdgeAnswer<SessionView & Refusal>> => edge.client().delete(`/api/sessions/${session}`);
  const readiness = (): Promise<EdgeAnswer<{ checks: Record<string, { reason?: string }> }>> => edge.client().get('/health/ready');

  it('are reported by readiness if the stream is full', async () => {
    await changeStream(edge.nats.url, STREAM, () => ({ max_bytes: 1 }));
    // Writes that need no more space are still stored.
    expect(await remove('kept')).toMatchObject({ status: 200, body: { desired: 'deleted' } });
    for (let i = 0; i < 2; i++) {
      expect(await edge.client().post('/api/sessions', { session: 'new' })).toMatchObject({
        status: 503,
        body: { error: { code: 'BROKER_UNAVAILABLE', retryable: true } }
      });
    }
    const { status, body } = await readiness();
    expect(status).toBe(503);
    expect(body.checks['broker']!.reason).toMatch(
      new RegExp(`^NATS responds but does not store data in ${STREAM} \\(maximum bytes exceeded\\)`)
    );
    // Existing sessions are served as before.
    expect((await edge.client().get('/api/sessions')).body).toMatchObject({ sessions: [{ session: 'kept' }, { session: 'late' }] });
    expect(await edge.record('new')).toBeNull();
  });

  it('succeed again once there is room, without a restart', async () => {
    await changeStream(edge.nats.url, STREAM, () => ({ max_bytes: -1 }));
    expect((await edge.client().post('/api/sessions', { session: 'new' })).status).toBe(201);
    expect((await readiness()).status).toBe(200);
  });

  it('are uncertain if NATS does not respond to a DELETE', async () => {
    await edge.nats.pause();
    let answer: Awaited<ReturnType<typeof remove>>;
    try {
      answer = await remove('late');
    } finally {
      await edge.nats.resume();
    }
    expect([503, 504]).toContain(answer.status);
    expect(answer.body.error).toMatchObject({ retryable: true, certain: false });
    // Repeating the request has the same effect as sending it once.
    const again = await awaitCondition(
      () => remove('late'),
      ({ status }) => status === 200,
      { waitMs: 20_000, what: 'an answer once NATS answers again' }
    );
    expect(again.body).toMatchObject({ session: 'late', desired: 'deleted' });
    await awaitCondition(readiness, ({ status }) => status === 200, { waitMs: 20_000, what: 'readiness' });
  }, 60_000);
});
