import { WabusError, type CommandOutcome } from '@wabus/contracts';
import { pino } from 'pino';
import type { ExpiringRecord } from '../auth-state/auth-state.types.js';
import { LeaseLostError } from '../ownership/session-lease.js';
import { IdempotencyStore } from './idempotency.store.js';
import { KeyedCommandRunner, type KeyedCommand } from './keyed-command.runner.js';

/** The stored state that outlives an owner. */
class Records {
  readonly values = new Map<string, unknown>();
  failure: Error | null = null;

  readExpiring(type: string, id: string): Promise<unknown> {
    return this.failure ? Promise.reject(this.failure) : Promise.resolve(this.values.get(`${type} ${id}`) ?? null);
  }

  writeExpiring({ type, id, value }: ExpiringRecord): Promise<void> {
    if (this.failure) return Promise.reject(this.failure);
    this.values.set(`${type} ${id}`, value);
    return Promise.resolve();
  }
}

const send = (part: Partial<KeyedCommand> = {}): KeyedCommand => ({
  method: 'sendMessage',
  key: 'order-17',
  request: { jid: '1@lid' },
  messageId: 'M1',
  ...part
});
const sent = (id: string | null): CommandOutcome => ({ ok: true, data: { key: { id } } });
const failed = (code: 'TIMEOUT' | 'NOT_CONNECTED' | 'REFUSED_BY_WHATSAPP'): CommandOutcome => ({
  ok: false,
  error: new WabusError(code).toBody()
});

/** Runs a command once, with attempts that end in outcomes, and returns its outcome. */
const run = (runner: KeyedCommandRunner, command: KeyedCommand, attempt: (id: string | null) => Promise<CommandOutcome>) =>
  runner
    .runOnce(command, async id => {
      const outcome = await attempt(id);
      if (outcome.ok) return outcome.data;
      throw WabusError.fromBody(outcome.error);
    })
    .then(
      (data): CommandOutcome => ({ ok: true, data }),
      (error: WabusError): CommandOutcome => ({ ok: false, error: error.toBody() })
    );

describe('commands with an idempotency key', () => {
  let records: Records;
  let attempts: (string | null)[];
  let outcomes: CommandOutcome[];

  beforeEach(() => {
    records = new Records();
    attempts = [];
    outcomes = [];
  });

  const owner = () => new KeyedCommandRunner(new IdempotencyStore(records, 1_000), pino({ level: 'silent' }));
  const attempt = (messageId: string | null): Promise<CommandOutcome> => {
    attempts.push(messageId);
    return Promise.resolve(outcomes.shift() ?? sent(messageId));
  };

  test('run once and get the same answer from every owner', async () => {
    const first = owner();
    expect(await run(first, send(), attempt)).toEqual(sent('M1'));
    expect(await run(first, send({ messageId: 'M2' }), attempt)).toEqual(sent('M1'));
    expect(await run(owner(), send({ messageId: 'M3' }), attempt)).toEqual(sent('M1'));
    expect(attempts).toEqual(['M1']);
  });

  test('join the one in progress', async () => {
    let finish: (outcome: CommandOutcome) => void = () => undefined;
    const slow = (messageId: string | null): Promise<CommandOutcome> => {
      attempts.push(messageId);
      return new Promise(resolve => (finish = resolve));
    };
    const runner = owner();
    const both = [run(runner, send(), slow), run(runner, send({ messageId: 'M2' }), slow)];
    const other = await run(runner, send({ request: { jid: '2@lid' } }), slow);
    expect(other).toMatchObject({ ok: false, error: { code: 'IDEMPOTENCY_KEY_REUSED' } });
    await new Promise(resolve => setImmediate(resolve));
    finish(sent('M1'));
    expect(await Promise.all(both)).toEqual([sent('M1'), sent('M1')]);
    expect(attempts).toEqual(['M1']);
  });

  test('are on disk before anything is done', async () => {
    const during: unknown[] = [];
    await run(owner(), send(), messageId => {
      during.push(...records.values.values());
      return Promise.resolve(sent(messageId));
    });
    expect(during).toEqual([expect.objectContaining({ messageId: 'M1', begun: true, outcome: null })]);
  });

  test('repeat under the same message id what may have been done', async () => {
    outcomes = [failed('TIMEOUT')];
    expect(await run(owner(), send(), attempt)).toEqual(failed('TIMEOUT'));
    expect(await run(owner(), send({ messageId: 'M2' }), attempt)).toEqual(sent('M1'));
    expect(await run(owner(), send({ messageId: 'M3' }), attempt)).toEqual(sent('M1'));
    expect(attempts).toEqual(['M1', 'M1']);
  });

  test('run again after a failure only if it is temporary', async () => {
    outcomes = [failed('NOT_CONNECTED'), failed('REFUSED_BY_WHATSAPP')];
    expect(await run(owner(), send(), attempt)).toEqual(failed('NOT_CONNECTED'));
    for (let n = 0; n < 2; n++) expect(await run(owner(), send({ messageId: 'M2' }), attempt)).toEqual(failed('REFUSED_BY_WHATSAPP'));
    expect(attempts).toEqual(['M1', 'M1']);
  });

  test('with other keys or methods run independently', async () => {
    const runner = owner();
    await Promise.all([run(runner, send(), attempt), run(runner, send({ key: 'order-18', messageId: 'M2' }), attempt)]);
    await run(runner, { method: 'restoreSession', key: 'order-17', request: {}, messageId: null }, attempt);
    expect(attempts.sort()).toEqual(['M1', 'M2', null].sort());
  });

  test('that may run once are not repeated after an unknown outcome', async () => {
    const restore = { method: 'restoreSession', key: 'k', request: {}, messageId: null } as const;
    outcomes = [failed('TIMEOUT')];
    await run(owner(), restore, attempt);
    expect(await run(owner(), restore, attempt)).toMatchObject({ ok: false, error: { code: 'OUTCOME_UNKNOWN' } });
    expect(attempts).toHaveLength(1);
  });

  test('do not begin if their start cannot be stored', async () => {
    records.failure = new LeaseLostError('a' as never);
    expect(await run(owner(), send(), attempt)).toMatchObject({ ok: false, error: { code: 'NO_OWNER' } });
    records.failure = new WabusError('BROKER_UNAVAILABLE');
    const runner = owner();
    expect(await run(runner, send(), attempt)).toMatchObject({ ok: false, error: { code: 'BROKER_UNAVAILABLE' } });
    expect(attempts).toEqual([]);
    records.failure = null;
    expect(await run(runner, send(), attempt)).toEqual(sent('M1'));
  });

  test('are answered even if the outcome cannot be stored', async () => {
    const losing = (messageId: string | null): Promise<CommandOutcome> => {
      records.failure = new LeaseLostError('a' as never);
      return attempt(messageId);
    };
    expect(await run(owner(), send(), losing)).toEqual(sent('M1'));
    records.failure = null;
    expect(await run(owner(), send({ messageId: 'M2' }), attempt)).toEqual(sent('M1'));
    expect(attempts).toEqual(['M1', 'M1']);
  });
});
