import { EVENT_NAMES, type ErrorBody } from '@wabus/contracts';
import { awaitCondition, EventClient, retainedBytes, type EdgeClient } from '@wabus/testing';
import { io } from 'socket.io-client';
import { EdgeFixture, SALES_TOKEN, TOKEN } from '../edge.fixture.js';

describe('the event gateway', () => {
  let edge: EdgeFixture;
  let client: EdgeClient;
  beforeAll(async () => {
    edge = await EdgeFixture.launch({ WABUS_EDGE_MAX_PAYLOAD_BYTES: '100000' });
    client = edge.client();
  }, 30_000);
  afterAll(() => edge.stop(), 30_000);

  describe.each(['/api/events', '/'])('in namespace %s', namespace => {
    const connect = (): Promise<EventClient> => client.connectEvents({ namespace });

    it('passes the payload alone to a handler, byte for byte', async () => {
      const events = await connect();
      const payload = { messages: [{ key: { id: 'A' }, message: { conversation: 'ä "quoted" \u2028 💬\n' } }], type: 'notify' };
      await expect(events.subscribe(['messages.upsert', 'connection.update'])).resolves.toMatchObject({
        ok: true,
        granted: ['messages.upsert', 'connection.update'],
        sessions: '*'
      });
      await edge.publish('sales', 'messages.upsert', payload);
      expect((await events.awaitEvent('messages.upsert')).args).toEqual([payload]);
    });

    it('delivers every event of the catalog, once and in order', async () => {
      const events = await connect();
      await events.subscribe([...EVENT_NAMES]);
      for (const event of EVENT_NAMES) await edge.publish('sales', event, { of: event, namespace });
      await events.awaitEvent(EVENT_NAMES.at(-1)!);
      expect(events.arrived.map(({ name, args }) => [name, args])).toEqual(EVENT_NAMES.map(event => [event, [{ of: event, namespace }]]));
    });

    it('delivers exactly what the object form requested', async () => {
      const events = await connect();
      await expect(events.subscribe({ events: ['call'], sessions: ['one', 'two'] })).resolves.toMatchObject({
        granted: ['call'],
        sessions: ['one', 'two']
      });
      await edge.publish('three', 'call', { from: 'three' });
      await edge.publish('one', 'presence.update', { from: 'one' });
      await edge.publish('two', 'call', { from: 'two' });
      await edge.publish('one', 'call', { from: 'one' });
      await events.awaitEvent('call', ({ from }: { from: string }) => from === 'one');
      expect(events.arrived.map(({ payload }) => payload)).toEqual([{ from: 'two' }, { from: 'one' }]);
    });

    it('delivers an event once to a client that subscribed twice', async () => {
      const events = await connect();
      await events.subscribe({ events: ['call'], sessions: ['sales'] });
      await expect(events.subscribe(['call', 'chats.lock'])).resolves.toMatchObject({ granted: ['call', 'chats.lock'], sessions: '*' });
      await edge.publish('sales', 'call', 1);
      await edge.publish('sales', 'chats.lock', 2);
      await events.awaitEvent('chats.lock');
      expect(events.arrived.map(({ name }) => name)).toEqual(['call', 'chats.lock']);
    });

    it('stops delivering what was unsubscribed, or everything', async () => {
      const events = await connect();
      await events.subscribe(['call', 'chats.update', 'chats.lock']);
      await expect(events.unsubscribe(['call'])).resolves.toMatchObject({ ok: true, granted: ['chats.update', 'chats.lock'] });
      await edge.publish('sales', 'call', 1);
      await edge.publish('sales', 'chats.lock', 2);
      await events.awaitEvent('chats.lock');
      expect(events.arrived.map(({ name }) => name)).toEqual(['chats.lock']);
      await expect(events.unsubscribe()).resolves.toMatchObject({ ok: true, granted: [], sessions: [] });
    });

    it.each([
      ['no auth', undefined],
      ['a wrong token', { token: 'not-a-token-of-this-edge' }],
      ['an empty token', { token: '' }],
      ['a token that is not text', { token: { $ne: '' } }],
      ['another type of token', { token: TOKEN, type: 'jwt' }]
    ])('refuses %s with a code and the error body', async (_what, auth) => {
      const socket = io(edge.url + namespace, { auth: auth as object, reconnection: false, forceNew: true });
      const error = await new Promise<Error & { data?: ErrorBody }>(resolve => socket.once('connect_error', resolve));
      socket.close();
      expect(error.message).toBe('UNAUTHORIZED');
      expect(error.data).toMatchObject({ code: 'UNAUTHORIZED', retryable: false, certain: true });
    });
  });

  it('serves clients with polling only or WebSocket only', async () => {
    for (const transports of [['polling'], ['websocket']]) {
      const socket = io(`${edge.url}/api/events`, { auth: { token: TOKEN, type: 'static' }, transports, forceNew: true });
      const received = new Promise(resolve => socket.once('call', (...args: unknown[]) => resolve(args)));
      await socket.timeout(5_000).emitWithAck('subscribe', ['call']);
      await edge.publish('sales', 'call', { over: transports });
      await expect(received).resolves.toEqual([{ over: transports }]);
      socket.close();
    }
  });

  it('refuses to be polled where only WebSocket is permitted', async () => {
    const url = await edge.startAnother({ WABUS_EDGE_TRANSPORTS: 'websocket' });
    const connecting = async (transport: string): Promise<string> => {
      const socket = io(`${url}/api/events`, { auth: { token: TOKEN }, transports: [transport], reconnection: false, forceNew: true });
      const outcome = await new Promise<string>(resolve => {
        socket.once('connect', () => resolve('connected'));
        socket.once('connect_error', () => resolve('refused'));
      });
      socket.close();
      return outcome;
    };
    expect([await connecting('polling'), await connecting('websocket')]).toEqual(['refused', 'connected']);
  });

  it('serves a client that subscribes before it is connected', async () => {
    const socket = io(`${edge.url}/api/events`, { auth: { token: TOKEN }, forceNew: true });
    socket.emit('subscribe', ['messages.upsert', 'connection.update']);
    const received = new Promise(resolve => socket.once('connection.update', (...args: unknown[]) => resolve(args)));
    await socket.timeout(5_000).emitWithAck('unsubscribe', ['call']);
    await edge.publish('sales', 'connection.update', { connection: 'open' });
    await expect(received).resolves.toEqual([{ connection: 'open' }]);
    socket.close();
  });

  it('refuses a token in the query string', async () => {
    const socket = io(`${edge.url}/api/events`, { auth: { token: TOKEN }, query: { token: TOKEN }, reconnection: false, forceNew: true });
    const error = await new Promise<Error>(resolve => socket.once('connect_error', resolve));
    socket.close();
    expect(error.message).toBe('UNAUTHORIZED');
  });

  it('lets a restricted token receive its own session only', async () => {
    const events = await edge.client(SALES_TOKEN).connectEvents();
    await expect(events.subscribe(['call'])).resolves.toMatchObject({ ok: true, sessions: ['sales'] });
    await expect(events.subscribe({ events: ['call'], sessions: ['support'] })).resolves.toMatchObject({
      ok: false,
      error: { code: 'FORBIDDEN' }
    });
    await edge.publish('support', 'call', { of: 'support' });
    await edge.publish('sales', 'call', { of: 'sales' });
    await events.awaitEvent('call', ({ of }: { of: string }) => of === 'sales');
    expect(events.arrived).toHaveLength(1);
  });

  it('grants the known names, and nothing when all are unknown', async () => {
    const events = await client.connectEvents();
    await events.subscribe(['call']);
    await expect(events.subscribe(['chats.update', 'chat.update'])).resolves.toMatchObject({
      ok: true,
      granted: ['call', 'chats.update'],
      refused: [{ name: 'chat.update', error: { code: 'UNKNOWN_EVENT' } }]
    });
    await expect(events.subscribe(['chat.update'])).resolves.toMatchObject({
      ok: false,
      error: { code: 'UNKNOWN_EVENT', details: { unknown: ['chat.update'] } }
    });
    await expect(events.unsubscribe(['nope'])).resolves.toMatchObject({ ok: false, error: { code: 'UNKNOWN_EVENT' } });
    await expect(events.unsubscribe(['chats.update', 'nope'])).resolves.toMatchObject({ granted: ['call'] });
  });

  it('answers with a cursor right before the first event', async () => {
    await edge.publish('sales', 'call', 'before');
    const events = await client.connectEvents();
    const answer = await events.subscribe(['call']);
    for (const n of [1, 2, 3]) await edge.publish('sales', 'call', n);
    await events.awaitEvent('call', n => n === 3);
    const received = events.arrived.map(({ payload }) => payload);
    const stored: unknown[] = [];
    for await (const { body } of edge.broker.eventLog.read(answer.ok ? answer.cursor : '')) stored.push(JSON.parse(body));
    expect(stored.slice(-received.length)).toEqual(received);
    expect(received.slice(-3)).toEqual([1, 2, 3]);
    expect(stored).toHaveLength(received.length);
  });

  describe('given bad input', () => {
    const deep = JSON.parse('['.repeat(1_000) + ']'.repeat(1_000)) as unknown;
    const bad: [string, unknown[]][] = [
      ['nothing', []],
      ['null', [null]],
      ['a number', [7]],
      ['a text', ['messages.upsert']],
      ['an empty object', [{}]],
      ['an array of arrays', [[['call']]]],
      ['bytes', [Buffer.from('call')]],
      ['bytes inside', [{ events: Buffer.from('call') }]],
      ['deep nesting', [deep]],
      ['too many names', [Array.from({ length: 5_000 }, () => 'call')]],
      ['many fields', [Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`f${i}`, i]))]],
      ['a hostile prototype', [JSON.parse('{"__proto__": {"events": ["call"]}, "constructor": 1}')]],
      ['two arguments', [{}, {}]]
    ];

    it.each(bad)('answers requests with an error in the ack: %s', async (what, args) => {
      const events = await client.connectEvents();
      await events.subscribe(['call']);
      const messages = what === 'nothing' || what === 'null' ? ['subscribe', 'command'] : ['subscribe', 'unsubscribe', 'command'];
      for (const message of messages) {
        const answer = (await events.socket.timeout(5_000).emitWithAck(message, ...args)) as { ok: boolean; error: ErrorBody };
        expect(answer).toMatchObject({ ok: false, error: { code: expect.stringMatching(/^(INVALID_REQUEST|UNKNOWN_EVENT)$/) as string } });
      }
      await expect(events.unsubscribe(['chats.lock'])).resolves.toMatchObject({ ok: true, granted: ['call'] });
    });

    it.each(bad.filter(([what]) => what !== 'nothing' && what !== 'null'))(
      'emits `exception` to a client without an ack: %s',
      async (_what, args) => {
        const events = await client.connectEvents();
        for (const message of ['subscribe', 'unsubscribe', 'command']) {
          events.forget();
          events.socket.emit(message, ...args);
          const { args: received } = await events.awaitEvent<ErrorBody>('exception');
          expect(received).toEqual([expect.objectContaining({ code: expect.any(String) as string, retryable: false, certain: true })]);
        }
      }
    );

    it('answers a message with another name by listing the names', async () => {
      const events = await client.connectEvents();
      const refusal = { code: 'INVALID_REQUEST', details: { messages: ['subscribe', 'unsubscribe', 'command'] } };
      await expect(events.socket.timeout(5_000).emitWithAck('subscibe', ['call'])).resolves.toMatchObject({ ok: false, error: refusal });
      events.socket.emit('error', 'x');
      await expect(events.awaitEvent('exception')).resolves.toMatchObject({ payload: refusal });
    });

    it('does not mistake other packets for an ack', async () => {
      const events = await client.connectEvents();
      events.socket.emit('subscribe', ['call'], 'not a function');
      events.socket.emit('command', { session: 'sales', method: 'nope' }, { call: 'me' });
      await events.awaitEvent('exception');
      await expect(events.subscribe(['call'])).resolves.toMatchObject({ ok: true });
    });

    it('answers a command with a flood of arguments at once', async () => {
      const events = await client.connectEvents();
      const args = Object.fromEntries(Array.from({ length: 7_000 }, (_, i) => [`f${i}`, i]));
      const answer = await events.command({ session: 'sales', method: 'sendMessage', args });
      expect(answer).toMatchObject({ ok: false, error: { code: 'INVALID_ARGUMENTS' } });
      expect(JSON.stringify(answer).length).toBeLessThan(1_000);
    });

    it('survives ten thousand garbage messages of one client', async () => {
      const events = await client.connectEvents();
      const names = ['subscribe', 'unsubscribe', 'command', 'error', 'message', 'exception', 'messages.upsert', '__proto__', ''];
      const values: unknown[] = [
        null,
        0,
        'x',
        [],
        {},
        [[]],
        { session: {} },
        { session: 'sales', method: 'sendMessage', args: [[]] },
        Buffer.from([1])
      ];
      for (let i = 0; i < 10_000; i++)
        events.socket.emit(names[i % names.length]!, values[i % values.length], values[(i * 7) % values.length]);
      await expect(events.subscribe(['call'])).resolves.toMatchObject({ ok: true, granted: ['call'] });
    }, 30_000);

    it('survives ten thousand garbage handshakes and packets', async () => {
      const events = await client.connectEvents();
      await events.subscribe(['call']);
      const garbage = [
        '',
        '0',
        '4',
        '40',
        '40/api/events,{',
        '42["subscribe"',
        '451-["x"]',
        '\u0000\u0001',
        '4'.repeat(500),
        '40/__proto__,{}',
        '2probe',
        '5'
      ];
      const paths = [
        '/socket.io/?EIO=4&transport=polling',
        '/socket.io/?EIO=9&transport=polling',
        '/socket.io/?EIO=4&transport=nope',
        '/socket.io/?EIO=4&transport=polling&sid=nobody'
      ];
      const shake = async (n: number): Promise<void> => {
        const body = n % 2 === 0 ? undefined : garbage[n % garbage.length];
        const answer = await fetch(edge.url + paths[n % paths.length]!, { method: body === undefined ? 'GET' : 'POST', body });
        await answer.arrayBuffer();
      };
      const round = async (): Promise<number> => {
        for (let n = 0; n < 1_000; n += 50) await Promise.all(Array.from({ length: 50 }, (_, i) => shake(n + i)));
        const broken = await client.connectEvents();
        for (let n = 0; n < 4_000; n++) broken.socket.io.engine.write(garbage[n % garbage.length]!);
        await awaitCondition(
          () => broken.socket.connected,
          connected => !connected,
          { what: 'the end of the broken connection' }
        );
        return retainedBytes();
      };
      const first = await round();
      expect((await round()) - first).toBeLessThan(16 * 1_024 * 1_024);
      await edge.publish('sales', 'call', 'still here');
      await expect(events.awaitEvent('call')).resolves.toMatchObject({ payload: 'still here' });
    }, 30_000);

    it('drops only the connection that breaks the protocol', async () => {
      const bystander = await client.connectEvents();
      await bystander.subscribe(['call']);
      for (const packet of [
        'garbage',
        '2/api/events,{',
        '9',
        '2/api/events,["connect"]',
        '51-/api/events,["subscribe",{"_placeholder":true,"num":9}]',
        '3/nowhere,1[]'
      ]) {
        const events = await client.connectEvents();
        const closed = new Promise<string>(resolve => events.socket.once('disconnect', resolve));
        events.socket.io.engine.write(packet);
        events.socket.io.engine.write(packet);
        if (!packet.startsWith('51-')) await closed;
        events.close();
      }
      await edge.publish('sales', 'call', 'still here');
      await expect(bystander.awaitEvent('call')).resolves.toMatchObject({ payload: 'still here' });
    });

    it.each(['polling', 'websocket'])('disconnects only the client of an oversize message over %s', async transport => {
      const bystander = await client.connectEvents();
      const socket = io(`${edge.url}/api/events`, { auth: { token: TOKEN }, transports: [transport], reconnection: false, forceNew: true });
      await new Promise<void>(resolve => socket.once('connect', resolve));
      const closed = new Promise<string>(resolve => socket.once('disconnect', resolve));
      socket.emit('command', { session: 'sales', method: 'sendMessage', args: { text: 'x'.repeat(200_000) } });
      await expect(closed).resolves.toMatch(/transport/);
      await expect(bystander.subscribe(['call'])).resolves.toMatchObject({ ok: true });
    });
  });

  it('lets clients of a stopping edge reconnect to the next one', async () => {
    const events = new EventClient(edge.url, { token: TOKEN, reconnection: true });
    await events.connected();
    const reason = new Promise<string>(resolve => events.socket.once('disconnect', resolve));
    await edge.stopEdge();
    // The reason is a closed transport, not `io server disconnect`, after which a client would not reconnect. The transport in use
    // determines which of the two it is.
    expect(['transport close', 'transport error']).toContain(await reason);
    const again = new Promise<void>(resolve => events.socket.once('connect', resolve));
    await edge.startEdge();
    await again;
    await events.subscribe(['call']);
    await edge.publish('sales', 'call', 'after the restart');
    await expect(events.awaitEvent('call')).resolves.toMatchObject({ payload: 'after the restart' });
    events.close();
  }, 30_000);

  it('resumes after a restart of the broker, every event once', async () => {
    const events = await client.connectEvents();
    await events.subscribe(['call']);
    await edge.publish('sales', 'call', 1);
    await edge.nats.restart();
    for (const n of [2, 3, 4]) await edge.publish('sales', 'call', n);
    await events.awaitEvent('call', n => n === 4);
    expect(events.arrived.map(({ payload }) => payload)).toEqual([1, 2, 3, 4]);
  }, 30_000);
});
