import { encodeOutcome, type ErrorBody } from '@wabus/contracts';
import { awaitCondition, type EdgeAnswer } from '@wabus/testing';
import { connect, type Socket } from 'node:net';
import { EdgeFixture, READER_TOKEN, SALES_TOKEN, TOKEN } from '../edge.fixture.js';

/** Twelve pages, or one stream, of these events exceed what the operating system buffers for a connection. */
const EVENTS = 44;
const text = 'x'.repeat(400_000);
const PATH = '/api/sessions/sales/events?since=2001-01-01';

describe('the work in progress of one token, and of all tokens', () => {
  /** This edge waits for clients without a time limit. */
  let edge: EdgeFixture;
  let impatient: EdgeFixture;
  const sockets: Socket[] = [];
  beforeAll(async () => {
    edge = await EdgeFixture.launch({
      WABUS_EDGE_ANSWER_STALL_MS: '600000',
      WABUS_EDGE_MAX_STREAMS_PER_TOKEN: '2',
      WABUS_EDGE_MAX_STREAMS: '3',
      WABUS_EDGE_MAX_SEARCHES_PER_TOKEN: '2',
      WABUS_EDGE_MAX_SEARCHES: '3',
      WABUS_EDGE_MAX_MCP_MESSAGES_PER_TOKEN: '1',
      WABUS_EDGE_MAX_MCP_MESSAGES: '2'
    });
    for (const session of ['sales', 'support']) await edge.client().post('/api/sessions', { session });
    for (let n = 0; n < EVENTS; n++) await edge.publish('sales', 'call', { n, text });
    impatient = await edge.another({ WABUS_EDGE_ANSWER_STALL_MS: '500' });
  }, 30_000);
  afterEach(() => sockets.splice(0).forEach(socket => socket.destroy()));
  afterAll(async () => {
    await impatient.stop();
    await edge.stop();
  }, 30_000);

  /** Sends the request several times over one connection, and reads none of the responses. */
  const ask = (token: string, accept: string, { times = 1, at = edge } = {}): Socket => {
    const head = `GET ${PATH} HTTP/1.1\r\nHost: edge\r\nAuthorization: Bearer ${token}\r\nAccept: ${accept}\r\n\r\n`;
    const socket = connect({ port: Number(new URL(at.url).port), host: '127.0.0.1' });
    sockets.push(socket.on('error', () => undefined).pause());
    socket.write(head.repeat(times));
    return socket;
  };
  const statusOf = async (token: string, accept: string): Promise<unknown> => {
    const over = new AbortController();
    const headers = { authorization: `Bearer ${token}`, accept };
    const query = accept === 'application/json' ? '?limit=1' : '';
    const response = await fetch(`${edge.url}/api/sessions/sales/events${query}`, { headers, signal: over.signal });
    const answer = response.status === 200 ? 200 : ((await response.json()) as { error: ErrorBody }).error.details;
    over.abort();
    return answer;
  };
  /** Occupies places until another request is refused. */
  const exhaust = (token: string, { accept, times = 1, other, limit }: { accept: string; times?: number; other: string; limit: object }) =>
    awaitCondition(
      () => {
        ask(token, accept, { times });
        return statusOf(other, accept);
      },
      status => JSON.stringify(status) === JSON.stringify(limit),
      { what: JSON.stringify(limit) }
    );
  /** Resolves when the clients that did not read are gone. */
  const servedAgain = (token: string, accept: string): Promise<unknown> => {
    sockets.forEach(socket => socket.destroy());
    return awaitCondition(
      () => statusOf(token, accept),
      status => status === 200,
      { what: accept }
    );
  };

  it.each(['text/event-stream', 'application/x-ndjson'])('is limited for %s that the client does not read', async accept => {
    const ofToken = { limit: 2, of: 'event streams of one token', setting: 'WABUS_EDGE_MAX_STREAMS_PER_TOKEN' };
    const inAll = { limit: 3, of: 'event streams of this edge', setting: 'WABUS_EDGE_MAX_STREAMS' };
    // The second response on a connection waits behind the first.
    await exhaust(SALES_TOKEN, { accept, times: 2, other: SALES_TOKEN, limit: ofToken });
    await awaitCondition(
      () => statusOf(TOKEN, accept),
      status => status === 200
    );
    await exhaust(TOKEN, { accept, other: READER_TOKEN, limit: inAll });
    for (const token of [SALES_TOKEN, TOKEN, READER_TOKEN]) await servedAgain(token, accept);
  });

  it('is limited for pages, lists and searches', async () => {
    const details = { limit: 2, of: 'concurrent lists and searches of one token', setting: 'WABUS_EDGE_MAX_SEARCHES_PER_TOKEN' };
    for (const path of ['store/messages/search?query=x', 'store/chats', 'events?limit=1']) {
      const get = (): Promise<EdgeAnswer> => edge.client(SALES_TOKEN).get(`/api/sessions/sales/${path}`);
      const answers = await Promise.all(Array.from({ length: 40 }, get));
      const refused = answers.filter(({ status }) => status !== 200);
      expect(refused.length).toBeGreaterThan(0);
      for (const { status, body } of refused) expect([status, body]).toMatchObject([429, { error: { code: 'LIMIT_REACHED', details } }]);
      expect((await get()).status).toBe(200);
    }
  });

  it.each(['text/event-stream', 'application/x-ndjson', 'application/json'])('ends if the client does not read %s', async accept => {
    const socket = ask(READER_TOKEN, accept, { times: accept === 'application/json' ? 12 : 1, at: impatient });
    await awaitCondition(
      () => {
        // Between two requests, an empty line has no effect, and shows whether the other side is still connected.
        if (!socket.destroyed) socket.write('\r\n');
        return socket.destroyed;
      },
      isCut => isCut,
      { what: 'end of the connection' }
    );
  });

  it('is limited for MCP messages', async () => {
    let answer: () => void = () => undefined;
    const held = new Promise<void>(resolve => (answer = resolve));
    let begun = 0;
    for (const session of ['sales', 'support']) {
      await edge.report(session, { state: 'open' });
      await edge.own(session, async () => {
        begun++;
        await held;
        return encodeOutcome({ ok: true, data: null });
      });
    }
    const post = async (token: string, method: string, params: object): Promise<{ status: number; body: string }> => {
      const headers = {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream'
      };
      const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
      const response = await fetch(`${edge.url}/api/mcp`, { method: 'POST', headers, body });
      return { status: response.status, body: await response.text() };
    };
    const call = async (token: string, session: string): Promise<{ status: number; body: string }> =>
      post(token, 'tools/call', {
        name: 'run_command',
        arguments: { session, command: 'fetchStatus', args: { jids: ['4915550001@s.whatsapp.net'] } }
      });
    const first = call(SALES_TOKEN, 'sales');
    await awaitCondition(
      () => begun,
      count => count === 1
    );
    const refused = await post(SALES_TOKEN, 'tools/list', {});
    expect([refused.status, refused.body]).toEqual([429, expect.stringContaining('"WABUS_EDGE_MAX_MCP_MESSAGES_PER_TOKEN"')]);
    const second = call(TOKEN, 'support');
    await awaitCondition(
      () => begun,
      count => count === 2
    );
    expect((await post(READER_TOKEN, 'tools/list', {})).body).toContain('"WABUS_EDGE_MAX_MCP_MESSAGES"');
    answer();
    expect((await first).status).toBe(200);
    await second;
    expect((await post(SALES_TOKEN, 'tools/list', {})).status).toBe(200);
  });
});
