import { decodeCursor, encodeCursor, type ErrorBody, type SessionId } from '@wabus/contracts';
import { McpClient, type EventClient } from '@wabus/testing';
import { EdgeFixture, TOKEN } from '../edge.fixture.js';

/** The reaction of an API to a `since`: it is accepted, older events are gone, or an error. */
type Verdict = 'taken' | 'truncated' | { code: string; field: unknown; reason: unknown };

interface Answer {
  readonly truncated?: unknown;
  readonly error?: ErrorBody;
}

const verdictOf = ({ truncated, error }: Answer): Verdict => {
  if (error) return { code: error.code, field: error.details?.['field'], reason: error.details?.['reason'] };
  return truncated === undefined ? 'taken' : 'truncated';
};

describe('since, through every API', () => {
  const session = 'sales' as SessionId;
  let edge: EdgeFixture;
  let events: EventClient;
  let mcp: McpClient;
  let webhook = '';
  let end = '';
  let number = 0;

  beforeAll(async () => {
    edge = await EdgeFixture.launch({ WABUS_EGRESS_ALLOW: '127.0.0.1' });
    await edge.client().post('/api/sessions', { session });
    await edge.publish(session, 'call', 1);
    await edge.publish(session, 'call', 2);
    end = await edge.broker.eventLog.end();
    events = await edge.client(TOKEN).connectEvents();
    mcp = await McpClient.connect(edge.url, TOKEN);
    webhook = (await edge.client().post<{ id: string }>('/api/webhooks', hook())).body.id;
  }, 30_000);
  afterAll(async () => {
    await mcp.close();
    await edge.stop();
  }, 30_000);

  const hook = (): object => ({ url: `http://127.0.0.1:9/${++number}`, events: ['call'], paused: true });
  const ask = async (path: string, accept?: string): Promise<Answer> => {
    const aborted = new AbortController();
    const response = await fetch(edge.url + path, {
      headers: { authorization: `Bearer ${TOKEN}`, ...(accept && { accept }) },
      signal: aborted.signal
    });
    try {
      if (response.status !== 200 || accept === undefined) return (await response.json()) as Answer;
      return response.headers.has('wabus-truncated') ? { truncated: true } : {};
    } finally {
      aborted.abort();
    }
  };
  const emit = async (request: object): Promise<Answer> => (await events.socket.timeout(5_000).emitWithAck('subscribe', request)) as Answer;

  const path = (since: string): string => `/api/sessions/${session}/events?since=${encodeURIComponent(since)}`;
  const APIS: Readonly<Record<string, (since: string) => Promise<Answer>>> = {
    'a page over HTTP': since => ask(path(since)),
    NDJSON: since => ask(path(since), 'application/x-ndjson'),
    'a subscription': since => emit({ sessions: [session], events: ['call'], since }),
    'a new webhook': async since => (await edge.client().post<Answer>('/api/webhooks', { ...hook(), since })).body,
    'a changed webhook': async since => (await edge.client().request<Answer>('PATCH', `/api/webhooks/${webhook}`, { since })).body,
    MCP: async since => {
      const outcome = await mcp.call('read_events', { session, since });
      return outcome.ok ? (outcome.data as Answer) : outcome;
    }
  };

  const refused = (reason?: string): Verdict => ({ code: 'INVALID_REQUEST', field: 'since', reason });
  const ahead = (): string => {
    const { stream, sequence } = decodeCursor(end)!;
    return encodeCursor({ stream, sequence: sequence + 5 });
  };
  const TABLE: [title: string, since: () => string, verdict: Verdict][] = [
    ['a cursor', () => end, 'taken'],
    ['a time', () => new Date(Date.now() - 1).toISOString(), 'taken'],
    ['a time with an offset', () => new Date(Date.now() - 1).toISOString().replace('Z', '+00:00'), 'taken'],
    ['a time before the log', () => '2001-01-01T00:00:00Z', 'truncated'],
    ['a date', () => '2001-01-31', 'truncated'],
    ['a future time', () => '2099-01-01T00:00:00Z', refused()],
    ['a cursor ahead of the log', ahead, refused('another-log')],
    ['a cursor of another log', () => encodeCursor({ stream: 'other', sequence: 1 }), refused('another-log')],
    ['a time without a zone', () => '2026-01-31T12:00:00', refused()],
    ['a day that does not exist', () => '2026-02-31', refused()],
    ['a text', () => 'yesterday', refused()]
  ];

  describe.each(Object.keys(APIS))('%s', api => {
    test.each(TABLE)('accepts or refuses %s as the others do', async (_, since, verdict) => {
      expect(verdictOf(await APIS[api]!(since()))).toEqual(verdict);
    });
  });

  // A subscription keeps its first position, so each case uses a new one. Its response has no field for `truncated`.
  test.each(TABLE)('a durable subscription accepts or refuses %s like the others', async (_, since, verdict) => {
    const answer = await emit({ durable: `d-${++number}`, events: ['call'], since: since() });
    expect(verdictOf(answer)).toEqual(verdict === 'truncated' ? 'taken' : verdict);
  });
});
