import { connect, headers } from '@nats-io/transport-node';
import { COMMAND_HEADERS, commandSubject, WabusError, type SessionId } from '@wabus/contracts';
import { awaitCondition } from '@wabus/testing';
import { lastValueFrom, of } from 'rxjs';
import type { Broker } from '../broker.js';
import { BrokerFixture, bindSession, sendCommand, type CommandAnswer } from '../testing/broker.fixture.js';
import type { CommandContext } from './command.context.js';
import type { OutgoingCommand } from './command.proxy.js';
import type { SessionBinding } from './command.server.js';

const session = 'a' as SessionId;
const never = new Promise<string>(() => undefined);

describe('the transport of commands', () => {
  let fixture: BrokerFixture;
  let owner: Broker;
  let caller: Broker;
  beforeEach(async () => {
    fixture = await BrokerFixture.launch();
    owner = await fixture.open();
    caller = await fixture.open();
  });
  afterEach(() => fixture.close());

  const bind = (answer: CommandAnswer, epoch = 1): Promise<SessionBinding> => bindSession(owner, { session, epoch, answer });
  const send = (part: Partial<OutgoingCommand> = {}, method = 'sendMessage'): Promise<unknown> =>
    sendCommand(caller, method, { session, body: '{"args":{}}', deadlineMs: 2_000, ...part });
  const codeOf = (sent: Promise<unknown>): Promise<string> =>
    sent.then(
      () => 'answered',
      (error: { code: string }) => error.code
    );

  it('delivers a command with all its metadata', async () => {
    const received: unknown[] = [];
    await bind((body, { session, method, idempotencyKey, remainingMs }) => {
      received.push({ body, session, method, idempotencyKey, isInTime: remainingMs > 4_500 && remainingMs <= 5_000 });
      return 'ä';
    }, 9);
    expect(await send({ body: '{"args":{"text":"ö"}}', idempotencyKey: 'once', deadlineMs: 5_000 })).toBe('ä');
    expect(received).toEqual([{ body: '{"args":{"text":"ö"}}', session, method: 'sendMessage', idempotencyKey: 'once', isInTime: true }]);
  });

  it('adds the epoch of the owner to the reply', async () => {
    await bind(() => null, 42);
    const nats = await connect({ servers: fixture.server.url });
    const reply = await nats.request(commandSubject(session, 'x'), '');
    expect(reply.headers?.get(COMMAND_HEADERS.epoch)).toBe('42');
    await nats.close();
  });

  it('replies without a value, or with that of a stream', async () => {
    await bind((_body, { method }) => (method === 'x' ? of('last') : undefined));
    expect([await send(), await send({}, 'x')]).toEqual([undefined, 'last']);
  });

  it('sends once per subscriber, through the dispatch hook', async () => {
    let asked = 0;
    await bind(() => ++asked);
    const dispatched: unknown[] = [];
    caller.commandProxy.setOnDispatchHook(({ pattern }) => void dispatched.push(pattern));
    const reply = caller.commandProxy.send<number>('x', { session, body: '{"args":{}}', deadlineMs: 2_000 });
    expect([asked, dispatched]).toEqual([0, []]);
    expect([await lastValueFrom(reply), await lastValueFrom(reply)]).toEqual([1, 2]);
    expect(dispatched).toEqual(['x', 'x']);
  });

  it('distinguishes "no owner" from "no answer" immediately', async () => {
    const began = performance.now();
    await expect(send()).rejects.toMatchObject({ code: 'NO_OWNER' });
    expect(performance.now() - began).toBeLessThan(1_000);
    await bind(() => never);
    await expect(send({ deadlineMs: 100 })).rejects.toMatchObject({ code: 'TIMEOUT' });
  });

  it('aborts a handler at the deadline of the caller', async () => {
    let aborted = false;
    await bind((_body, { signal }) => {
      signal.addEventListener('abort', () => (aborted = true));
      return never;
    });
    await expect(send({ deadlineMs: 100 })).rejects.toMatchObject({ code: 'TIMEOUT' });
    await awaitCondition(() => aborted, Boolean);
  });

  it('limits a command without a deadline by its pattern', async () => {
    await bind(() => never);
    owner.commandServer.addHandler('x', () => never, false, { deadlineMs: 100 });
    const nats = await connect({ servers: fixture.server.url });
    const reply = await nats.request(commandSubject(session, 'x'), '', { timeout: 2_000 });
    expect(reply.json()).toMatchObject({ ok: false, error: { code: 'TIMEOUT' } });
    await nats.close();
  });

  it('serves only while bound, and completes commands in flight', async () => {
    let finish: (outcome: string) => void = () => undefined;
    const binding = await bind(() => new Promise(resolve => (finish = resolve)));
    const slow = send();
    await awaitCondition(
      () => finish.length,
      length => length === 1
    );
    let unbound = false;
    const unbinding = binding.unbind().then(() => (unbound = true));
    await awaitCondition(
      () => codeOf(send({ deadlineMs: 200 })),
      code => code === 'NO_OWNER'
    );
    expect(unbound).toBe(false);
    finish('late');
    expect(await slow).toBe('late');
    await unbinding;
  });

  it('answers commands in flight to an owner that unbinds', async () => {
    let answered = 0;
    let binding: SessionBinding;
    const received = new Promise<void>(resolve => {
      void bind(() => {
        // The client reads many commands at once: the others are in the same read, or still in the server.
        if (answered++ === 0) void binding.unbind().then(resolve);
        return null;
      }).then(bound => (binding = bound));
    });
    await awaitCondition(() => binding as SessionBinding | undefined, Boolean);
    const sent = Array.from({ length: 500 }, () => codeOf(send({ deadlineMs: 3_000 })));
    const outcomes = await Promise.all(sent);
    await received;
    const unanswered = outcomes.filter(outcome => outcome !== 'answered' && outcome !== 'NO_OWNER');
    expect(unanswered).toEqual([]);
    expect(outcomes.filter(outcome => outcome === 'answered')).toHaveLength(answered);
  });

  it('unbinds every session when Nest closes it', async () => {
    const binding = await bind(() => 'here');
    await owner.commandServer.close();
    await expect(send()).rejects.toMatchObject({ code: 'NO_OWNER' });
    await binding.unbind();
  });

  it('refuses an invalid header, names it and runs nothing', async () => {
    let begun = 0;
    await bind(() => ++begun);
    const nats = await connect({ servers: fixture.server.url });
    for (const [name, ...values] of [
      ['Wabus-Deadline', '2020-01-01T00:00:00Z'],
      ['Wabus-Deadline', String(Date.now() + 60_000)],
      ['Wabus-Deadline', 'soon'],
      ['Wabus-Deadline', ''],
      ['Wabus-Deadline', '2090-01-01T00:00:00Z', '2091-01-01T00:00:00Z'],
      ['Wabus-Idempotency-Key', ''],
      ['Wabus-Idempotency-Key', 'a', 'b'],
      ['wabus-deadline', '2090-01-01T00:00:00Z'],
      ['Wabus-Priority', 'high']
    ]) {
      const header = headers();
      for (const value of values) header.append(name!, value);
      const reply = await nats.request(commandSubject(session, 'x'), '', { headers: header, timeout: 2_000 });
      expect(reply.json()).toMatchObject({ ok: false, error: { code: 'INVALID_REQUEST', certain: true, details: { header: name } } });
    }
    await nats.close();
    expect(begun).toBe(0);
    expect(await send()).toBe(1);
  });

  it('refuses a body that is not UTF-8', async () => {
    await bind(() => null);
    const nats = await connect({ servers: fixture.server.url });
    const reply = await nats.request(commandSubject(session, 'x'), Uint8Array.of(0x22, 0xff, 0x22));
    expect(reply.json()).toMatchObject({ ok: false, error: { code: 'INVALID_REQUEST' } });
    await nats.close();
  });

  it('ignores a command whose reply would go elsewhere', async () => {
    let begun = 0;
    await bind(() => ++begun);
    const nats = await connect({ servers: fixture.server.url });
    for (const reply of ['wa.evt.a.call', '$KV.WABUS_OWNERSHIP.own.a', 'answers.mine'])
      nats.publish(commandSubject(session, 'x'), '', { reply });
    await nats.flush();
    expect(await send()).toBe(1);
    await nats.close();
  });

  it('serves commands of one session in parallel', async () => {
    let waiting = 0;
    await bind(async () => {
      waiting++;
      await awaitCondition(
        () => waiting,
        count => count === 5
      );
      return 'done';
    });
    expect(await Promise.all(Array.from({ length: 5 }, () => send()))).toEqual(Array(5).fill('done'));
  });

  it('returns thrown errors, and reveals no internal fault', async () => {
    const details = { jid: 'no-jid' };
    await bind((_body, { method }) => {
      if (method === 'x') throw new WabusError('INVALID_ARGUMENTS', { details });
      throw new Error('secret');
    });
    await expect(send({}, 'x')).rejects.toMatchObject({ code: 'INVALID_ARGUMENTS', details });
    const fault = await send().catch((error: Error) => error);
    expect(fault).toMatchObject({ code: 'INTERNAL', message: expect.not.stringContaining('secret') as string });
  });

  it('measures every command with its outcome in the end hook', async () => {
    const measured: string[] = [];
    owner.commandServer.setOnProcessingEndHook((_transport, context) => {
      const { method, outcome } = context as CommandContext;
      measured.push(`${method} ${outcome}`);
    });
    await bind((_body, { method }) => (method === 'x' ? Promise.reject(new WabusError('NOT_PAIRED')) : null));
    for (const method of ['sendMessage', 'x', 'fly']) await send({}, method).catch(() => undefined);
    expect(measured).toEqual(['sendMessage ok', 'x NOT_PAIRED', 'fly UNKNOWN_COMMAND']);
  });

  it.each(['fly', '', 'a b', '*', '>', 'a.>', 'a\r\nb', '.a'])('refuses %j as a method', async method => {
    await bind(() => null);
    await expect(send({}, method)).rejects.toMatchObject({ code: 'UNKNOWN_COMMAND' });
  });

  it('refuses data that NATS cannot transport, in both directions', async () => {
    await bind(() => 'x'.repeat(1_048_577));
    await expect(send({ body: 'x'.repeat(1_048_577) })).rejects.toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
    await expect(send({ idempotencyKey: 'a\r\nb' })).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    await expect(send()).rejects.toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
  });

  it('sends no events: the event log stores those', async () => {
    const emitted = new Promise((_resolve, reject) => caller.commandProxy.emit('call', {}).subscribe({ error: reject }));
    await expect(emitted).rejects.toMatchObject({ code: 'INTERNAL' });
  });

  it('serves again after a server crash without a new bind', async () => {
    await bind(() => 'here');
    await fixture.server.kill();
    await awaitCondition(
      () => codeOf(send({ deadlineMs: 300 })),
      code => code === 'BROKER_UNAVAILABLE'
    );
    await fixture.server.restart();
    await awaitCondition(
      () => send({ deadlineMs: 300 }),
      reply => reply === 'here'
    );
  }, 20_000);
});
