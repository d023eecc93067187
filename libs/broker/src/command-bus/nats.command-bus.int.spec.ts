import { connect, headers } from '@nats-io/transport-node';
import { COMMAND_HEADERS, commandSubject, type SessionId } from '@wabus/contracts';
import { awaitCondition } from '@wabus/testing';
import { BrokerFixture } from '../testing/broker.fixture.js';
import type { CommandBus, IncomingCommand, OutgoingCommand } from './command-bus.js';

const session = 'a' as SessionId;
const command = (part: Partial<OutgoingCommand> = {}): OutgoingCommand => ({
  session,
  method: 'sendMessage',
  body: '{"args":{}}',
  deadlineMs: 2_000,
  ...part
});
const never = new Promise<string>(() => undefined);

describe('the command bus on NATS', () => {
  let fixture: BrokerFixture;
  let owner: CommandBus;
  let caller: CommandBus;

  beforeEach(async () => {
    fixture = await BrokerFixture.launch();
    owner = (await fixture.open()).commandBus;
    caller = (await fixture.open()).commandBus;
  });
  afterEach(() => fixture.close());

  it('carries a command to the owner and its outcome back, with everything the caller said', async () => {
    const received: IncomingCommand[] = [];
    await owner.serve(session, 9, incoming => {
      received.push(incoming);
      return Promise.resolve('{"ok":true,"data":"ä"}');
    });
    const before = Date.now();
    expect(await caller.request(command({ body: '{"args":{"text":"ö"}}', idempotencyKey: 'once', deadlineMs: 5_000 }))).toBe(
      '{"ok":true,"data":"ä"}'
    );
    expect(received).toEqual([
      { session, method: 'sendMessage', body: '{"args":{"text":"ö"}}', idempotencyKey: 'once', deadlineAt: expect.any(Number) as number }
    ]);
    expect(received[0]!.deadlineAt! - before).toBeGreaterThanOrEqual(5_000 - 5);
  });

  it('puts the epoch of the owner on the reply', async () => {
    await owner.serve(session, 42, () => Promise.resolve('{}'));
    const nats = await connect({ servers: fixture.server.url });
    const reply = await nats.request(commandSubject(session, 'x'), '');
    expect(reply.headers?.get(COMMAND_HEADERS.epoch)).toBe('42');
    await nats.close();
  });

  it('tells "nobody owns it" from "no answer", at once', async () => {
    const began = performance.now();
    await expect(caller.request(command())).rejects.toMatchObject({ code: 'NO_OWNER' });
    expect(performance.now() - began).toBeLessThan(1_000);
    await owner.serve(session, 1, () => never);
    await expect(caller.request(command({ deadlineMs: 100 }))).rejects.toMatchObject({ code: 'TIMEOUT' });
  });

  it('serves a session only while it is bound, and answers what is under way before unbind() settles', async () => {
    let finish: (outcome: string) => void = () => undefined;
    const binding = await owner.serve(session, 1, () => new Promise(resolve => (finish = resolve)));
    const slow = caller.request(command());
    await awaitCondition(
      () => finish.length,
      length => length === 1
    );
    let unbound = false;
    const unbinding = binding.unbind().then(() => (unbound = true));
    await awaitCondition(
      () =>
        caller.request(command({ deadlineMs: 200 })).then(
          () => 'answered',
          (error: { code: string }) => error.code
        ),
      code => code === 'NO_OWNER'
    );
    expect(unbound).toBe(false);
    finish('{"late":true}');
    expect(await slow).toBe('{"late":true}');
    await unbinding;
  });

  it('refuses a header it cannot obey, names it and does not begin', async () => {
    let begun = 0;
    await owner.serve(session, 1, () => Promise.resolve(String(++begun)));
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
    expect(await caller.request(command())).toBe('1');
  });

  it('refuses a body that is not UTF-8', async () => {
    await owner.serve(session, 1, () => Promise.resolve('{}'));
    const nats = await connect({ servers: fixture.server.url });
    const reply = await nats.request(commandSubject(session, 'x'), Uint8Array.of(0x22, 0xff, 0x22));
    expect(reply.json()).toMatchObject({ ok: false, error: { code: 'INVALID_REQUEST' } });
    await nats.close();
  });

  it('passes over a command whose answer would go elsewhere', async () => {
    let begun = 0;
    await owner.serve(session, 1, () => Promise.resolve(String(++begun)));
    const nats = await connect({ servers: fixture.server.url });
    for (const reply of ['wa.evt.a.call', '$KV.WABUS_OWNERSHIP.own.a', 'answers.mine'])
      nats.publish(commandSubject(session, 'x'), '', { reply });
    await nats.flush();
    expect(await caller.request(command())).toBe('1');
    await nats.close();
  });

  it('serves commands of one session side by side', async () => {
    let waiting = 0;
    await owner.serve(session, 1, async () => {
      waiting++;
      await awaitCondition(
        () => waiting,
        count => count === 5
      );
      return 'done';
    });
    expect(await Promise.all(Array.from({ length: 5 }, () => caller.request(command())))).toEqual(Array(5).fill('done'));
  });

  it('turns a handler that fails against its contract into an outcome that tells nothing', async () => {
    await owner.serve(session, 1, () => {
      throw new Error('secret');
    });
    const outcome = await caller.request(command());
    expect(JSON.parse(outcome)).toMatchObject({ ok: false, error: { code: 'INTERNAL' } });
    expect(outcome).not.toContain('secret');
  });

  it.each(['', 'a b', '*', '>', 'a.>', 'a\r\nb', '.a'])('refuses %j as a method', async method => {
    await owner.serve(session, 1, () => Promise.resolve('{}'));
    await expect(caller.request(command({ method }))).rejects.toMatchObject({ code: 'UNKNOWN_COMMAND' });
  });

  it('refuses what NATS cannot carry, either way', async () => {
    await owner.serve(session, 1, () => Promise.resolve('x'.repeat(1_048_577)));
    await expect(caller.request(command({ body: 'x'.repeat(1_048_577) }))).rejects.toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
    await expect(caller.request(command({ idempotencyKey: 'a\r\nb' }))).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    expect(JSON.parse(await caller.request(command()))).toMatchObject({ ok: false, error: { code: 'PAYLOAD_TOO_LARGE' } });
  });

  it('serves again after a crash of the server, without being bound again', async () => {
    await owner.serve(session, 1, () => Promise.resolve('{"ok":true}'));
    await fixture.server.kill();
    await awaitCondition(
      () =>
        caller.request(command({ deadlineMs: 300 })).then(
          () => 'answered',
          (error: { code: string }) => error.code
        ),
      code => code === 'BROKER_UNAVAILABLE'
    );
    await fixture.server.restart();
    await awaitCondition(
      () => caller.request(command({ deadlineMs: 300 })),
      outcome => outcome === '{"ok":true}'
    );
  }, 20_000);
});
