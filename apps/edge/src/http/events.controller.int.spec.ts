import { type ErrorBody, type EventEnvelope, type EventPage } from '@wabus/contracts';
import { asyncApiDocument } from '@wabus/contracts/docs';
import { VERSION } from '@wabus/runtime';
import { awaitCondition, retainedBytes, type EdgeAnswer } from '@wabus/testing';
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { EdgeFixture, READER_TOKEN, SALES_TOKEN, TOKEN } from '../edge.fixture.js';

interface Refusal {
  error: ErrorBody;
}

/** Collects the events of a stream in the way a standard client sees them. */
class EventSource {
  readonly events: { id: string; name: string; data: unknown }[] = [];
  lastEventId = '';
  ended = false;
  private text = '';

  constructor(readonly response: IncomingMessage) {
    response.setEncoding('utf8');
    response.on('data', (chunk: string) => this.read(chunk));
    response.on('close', () => (this.ended = true));
    response.on('error', () => undefined);
  }

  names(): string[] {
    return this.events.map(({ name }) => name);
  }

  envelopes(): EventEnvelope[] {
    return this.events.map(({ data }) => data as EventEnvelope);
  }

  close(): void {
    this.response.destroy();
  }

  private read(chunk: string): void {
    const blocks = (this.text + chunk).split('\n\n');
    this.text = blocks.pop()!;
    for (const block of blocks) {
      const fields = new Map(block.split('\n').map(line => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]));
      this.lastEventId = fields.get('id') ?? this.lastEventId;
      const data = fields.get('data');
      if (data !== undefined) this.events.push({ id: this.lastEventId, name: fields.get('event') ?? 'message', data: JSON.parse(data) });
    }
  }
}

describe('events over HTTP', () => {
  let edge: EdgeFixture;
  let number = 0;
  let session = '';
  beforeAll(async () => {
    edge = await EdgeFixture.launch({ WABUS_EDGE_KEEP_ALIVE_MS: '100', WABUS_EDGE_MAX_STREAMS_PER_TOKEN: '3' });
  }, 30_000);
  afterAll(() => edge.stop(), 30_000);
  beforeEach(() => (session = `s${++number}`));

  const publish = async (count: number, of = session, from = 0): Promise<void> => {
    for (let i = from; i < from + count; i++) await edge.publish(of, 'call', i);
  };
  const page = (query = '', token = TOKEN, of = session): Promise<EdgeAnswer<EventPage>> =>
    edge.client(token).get<EventPage>(`/api/sessions/${of}/events${query}`);
  const dataOf = (events: EventEnvelope[]): unknown[] => events.map(({ data }) => data);
  const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

  const open = async (path: string, headers: Record<string, string> = {}, token = TOKEN): Promise<IncomingMessage> => {
    const request = get(edge.url + path, { headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream', ...headers } });
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    return response;
  };
  const follow = async (query = '', headers: Record<string, string> = {}, token = TOKEN): Promise<EventSource> => {
    const response = await open(`/api/sessions/${session}/events${query}`, headers, token);
    expect(response.headers['content-type']).toBe('text/event-stream; charset=utf-8');
    const source = new EventSource(response);
    await awaitCondition(
      () => source.lastEventId,
      id => id !== ''
    );
    return source;
  };
  const arrived = (source: EventSource, count: number): Promise<unknown> =>
    awaitCondition(
      () => source.events.length,
      length => length >= count
    );

  it('are described for everyone in an AsyncAPI document', async () => {
    const response = await fetch(`${edge.url}/api/asyncapi.json`);
    expect(response.status).toBe(200);
    const document = (await response.json()) as { components: { messages: Record<string, { headers: { properties: object } }> } };
    expect(document).toEqual(JSON.parse(JSON.stringify(asyncApiDocument({ version: VERSION }))));
    const headersOf = (message: string): string[] => Object.keys(document.components.messages[message]!.headers.properties);
    expect(headersOf('commandOutcome')).toEqual(['Wabus-Epoch']);
    expect(headersOf('command.sendMessage')).toEqual(['Wabus-Deadline', 'Wabus-Idempotency-Key', 'traceparent']);
  });

  describe('as pages of JSON', () => {
    it('lead from the oldest event to the newest, each once', async () => {
      await publish(250);
      const payload = { text: 'ä "quoted" \u2028 💬\n', n: 1.5 };
      await edge.publish(session, 'chats.lock', payload);
      const all: EventEnvelope[] = [];
      let [cursor, more, pages] = ['', true, 0];
      for (; more; pages++) {
        const { status, body } = await page(`?limit=100${cursor && `&since=${cursor}`}`);
        expect(status).toBe(200);
        expect(body.truncated).toBeUndefined();
        all.push(...body.events);
        ({ cursor, more } = body);
      }
      expect(pages).toBe(3);
      expect(dataOf(all)).toEqual([...range(0, 250), payload]);
      expect(all[0]).toMatchObject({ session, event: 'call', epoch: 1, schemaVersion: 1 });
      await publish(1);
      await expect(page(`?since=${cursor}`)).resolves.toMatchObject({ body: { events: [{ data: 0 }], more: false } });
    });

    it('contain exactly the requested events', async () => {
      await edge.publish(session, 'call', [{ chatId: 'a@s.whatsapp.net' }]);
      await edge.publish(session, 'chats.lock', { id: 'b@s.whatsapp.net' });
      const between = new Date(Date.now() + 5).toISOString();
      await awaitCondition(
        () => Date.now(),
        now => now > Date.parse(between)
      );
      await edge.publish(session, 'chats.update', [{ id: 'a@s.whatsapp.net' }]);
      await edge.publish(`other-${session}`, 'call', []);
      const names = async (query: string): Promise<string[]> => (await page(query)).body.events.map(({ event }) => event);
      await expect(names('')).resolves.toEqual(['call', 'chats.lock', 'chats.update']);
      await expect(names('?events=chats.*')).resolves.toEqual(['chats.lock', 'chats.update']);
      await expect(names('?events=call,chats.lock')).resolves.toEqual(['call', 'chats.lock']);
      await expect(names('?events=call&events=chats.update')).resolves.toEqual(['call', 'chats.update']);
      await expect(names('?chats=a@s.whatsapp.net')).resolves.toEqual(['call', 'chats.update']);
      await expect(names(`?since=${between}`)).resolves.toEqual(['chats.update']);
      await expect(names(`?until=${between}`)).resolves.toEqual(['call', 'chats.lock']);
      const { body } = await edge.client().get<EventPage>(`/api/events?sessions=${session},other-${session}&events=call`);
      expect(body.events.map(event => event.session)).toEqual([session, `other-${session}`]);
    });

    it('report when the requested start is past retention', async () => {
      await expect(page('?since=2001-01-01')).resolves.toMatchObject({ body: { truncated: { firstAt: expect.any(String) as string } } });
    });

    it('hide events that require a scope the token lacks', async () => {
      await edge.publish(session, 'auth.qr', { qr: 'secret' });
      await edge.publish(session, 'connection.update', { connection: 'connecting', qr: 'secret' });
      expect((await page('', READER_TOKEN)).body.events).toMatchObject([
        { event: 'connection.update', data: { connection: 'connecting' } }
      ]);
      expect(JSON.stringify((await page('', READER_TOKEN)).body)).not.toContain('secret');
      await expect(page('?events=auth.qr', READER_TOKEN)).resolves.toMatchObject({ status: 403 });
      expect((await page()).body.events).toHaveLength(2);
    });

    it('contain only sessions that the token permits', async () => {
      await publish(1);
      await publish(1, 'sales', 77);
      const { body } = await edge.client(SALES_TOKEN).get<EventPage>('/api/events');
      expect(new Set(body.events.map(event => event.session))).toEqual(new Set(['sales']));
      for (const path of [`/api/sessions/${session}/events`, `/api/events?sessions=sales,${session}`, `/api/sessions/%73${number}/events`])
        await expect(edge.client(SALES_TOKEN).get(path)).resolves.toMatchObject({ status: 403, body: { error: { code: 'FORBIDDEN' } } });
      await expect(edge.client('not-a-token-of-this-edge').get('/api/events')).resolves.toMatchObject({ status: 401 });
    });

    it.each([
      ['limit', '?limit=0'],
      ['limit', '?limit=1001'],
      ['limit', '?limit=ten'],
      ['limit', '?limit=1&limit=2'],
      ['since', '?since='],
      ['since', '?since=nonsense'],
      ['since', `?since=${Buffer.from('1:1:1').toString('base64url')}`],
      ['until', '?until=nonsense'],
      ['events', '?events='],
      ['events', '?events=a,,b'],
      ['events', '?events=no.such.event'],
      ['chats', '?chats='],
      ['sessions', '?sessions=sales'],
      ['after', '?after=1']
    ])('refuse an invalid %s by name: %s', async (field, query) => {
      const { status, body } = await page(query);
      expect(status).toBe(400);
      expect((body as unknown as Refusal).error.details).toMatchObject({ field });
    });

    it('refuse an invalid session id', async () => {
      await expect(page('', TOKEN, 'a%2Fb')).resolves.toMatchObject({ status: 400, body: { error: { details: { field: 'session' } } } });
    });
  });

  describe('as NDJSON', () => {
    it('contain everything in one response, one envelope per line', async () => {
      await publish(1_200);
      const response = await fetch(`${edge.url}/api/sessions/${session}/events?events=call`, {
        headers: { authorization: `Bearer ${TOKEN}`, accept: 'application/x-ndjson' }
      });
      expect(response.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
      const lines = (await response.text()).split('\n');
      expect(lines.pop()).toBe('');
      expect(lines.map(line => (JSON.parse(line) as EventEnvelope).data)).toEqual(range(0, 1_200));
    });

    it('wait for a client that does not read, in constant memory', async () => {
      const body = 'x'.repeat(100_000);
      for (let i = 0; i < 300; i++) await edge.publish(session, 'call', body);
      const before = retainedBytes();
      const response = await open(`/api/sessions/${session}/events`, { accept: 'application/x-ndjson' });
      await awaitCondition(
        () => response.readableLength,
        length => length > 0
      );
      const grown = retainedBytes() - before;
      let received = 0;
      for await (const chunk of response) received += (chunk as Buffer).length;
      expect(received).toBeGreaterThan(300 * body.length);
      expect(grown).toBeLessThan(20 * 1024 * 1024);
    }, 20_000);
  });

  describe('as Server-Sent Events', () => {
    it('arrive live with cursor, event name and envelope', async () => {
      const source = await follow('?events=call,chats.*');
      await edge.publish(session, 'presence.update', 'not asked for');
      await edge.publish(session, 'call', { n: 1 });
      await edge.publish(session, 'chats.lock', { n: 2 });
      await arrived(source, 2);
      expect(source.names()).toEqual(['call', 'chats.lock']);
      const [first] = source.envelopes();
      expect(first).toMatchObject({ session, event: 'call', data: { n: 1 } });
      expect(source.events[0]!.id).toBe(first!.cursor);
      source.close();
    });

    it('resume after Last-Event-ID without gap or repeat', async () => {
      const first = await follow();
      const publishing = publish(100);
      await arrived(first, 30);
      first.close();
      const { id } = first.events[29]!;
      const second = await follow('', { 'last-event-id': id });
      await publishing;
      await arrived(second, 70);
      expect(dataOf([...first.envelopes().slice(0, 30), ...second.envelopes()])).toEqual(range(0, 100));
      second.close();
    });

    it('advance the id while nothing matches', async () => {
      const source = await follow('?events=call');
      const before = source.lastEventId;
      await edge.publish(session, 'chats.lock', 1);
      await awaitCondition(
        () => source.lastEventId,
        id => id !== before
      );
      expect(source.events).toEqual([]);
      source.close();
    });

    it('start in the past, and report what retention removed', async () => {
      await publish(3);
      const source = await follow('?since=2001-01-01');
      await arrived(source, 4);
      expect(source.names()).toEqual(['truncated', 'call', 'call', 'call']);
      source.close();
    });

    it('wait for a slow client without loss or cost to others', async () => {
      const response = await open(`/api/sessions/${session}/events`);
      const prompt = await follow();
      const body = 'y'.repeat(100_000);
      for (let i = 0; i < 120; i++) await edge.publish(session, 'call', `${i}${body}`);
      await arrived(prompt, 120);
      const slow = new EventSource(response);
      await arrived(slow, 120);
      expect(dataOf(slow.envelopes()).map(data => parseInt(data as string, 10))).toEqual(range(0, 120));
      prompt.close();
      slow.close();
    }, 20_000);

    it('are limited per token, and freed when they end', async () => {
      const sources = [await follow(), await follow(), await follow()];
      const refused = await open(`/api/sessions/${session}/events`);
      expect(refused.statusCode).toBe(429);
      refused.destroy();
      for (const source of sources) source.close();
      await awaitCondition(
        async () => {
          const response = await open(`/api/sessions/${session}/events`);
          response.destroy();
          return response.statusCode;
        },
        status => status === 200
      );
    });

    it.each(['text/event-stream', 'application/x-ndjson', 'application/json'])('respond to HEAD for %s and end', async accept => {
      const headers = { authorization: `Bearer ${TOKEN}`, accept };
      // More requests than the limit of streams.
      for (let i = 0; i < 5; i++) {
        const answer = await fetch(`${edge.url}/api/sessions/${session}/events`, { method: 'HEAD', headers });
        expect([answer.status, await answer.text()]).toEqual([200, '']);
        expect(answer.headers.get('content-type')).toContain(accept);
      }
    });

    it.each([
      ['Last-Event-ID', '', { 'last-event-id': 'nonsense' }],
      ['until', '?until=2030-01-01', {}]
    ])('refuse an invalid %s with an error body', async (field, query, headers) => {
      const response = await open(`/api/sessions/${session}/events${query}`, headers);
      const text = (await response.toArray()).join('');
      expect(response.statusCode).toBe(400);
      expect((JSON.parse(text) as Refusal).error.details).toMatchObject({ field });
    });

    it('end in order when the edge stops, and resume at the next', async () => {
      const source = await follow();
      await publish(2);
      await arrived(source, 2);
      const began = performance.now();
      await edge.stopEdge();
      expect(performance.now() - began).toBeLessThan(5_000);
      await awaitCondition(
        () => source.ended,
        ended => ended
      );
      expect(source.events.at(-1)).toMatchObject({ name: 'end', data: { reason: 'stopping' } });
      await publish(2, session, 2);
      await edge.startEdge();
      const next = await follow('', { 'last-event-id': source.lastEventId });
      await arrived(next, 2);
      expect(dataOf(next.envelopes())).toEqual([2, 3]);
      next.close();
    }, 20_000);
  });
});
