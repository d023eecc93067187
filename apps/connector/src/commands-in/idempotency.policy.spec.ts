import { ERROR_CODES, WabusError, type CommandOutcome, type ErrorCode } from '@wabus/contracts';
import { onArrival, onEnding, type KeyedRecord } from './idempotency.policy.js';

const SENDS = { repeatable: false, takesMessageId: true } as const;
const HARMLESS = { repeatable: true };
const ONCE_ONLY = { repeatable: false };
const done: CommandOutcome = { ok: true, data: { key: { id: 'M1' } } };
const failed = (code: ErrorCode): CommandOutcome => ({ ok: false, error: new WabusError(code).toBody() });
const codeOf = (outcome: CommandOutcome): string => (outcome.ok ? 'ok' : outcome.error.code);
const record = (part: Partial<KeyedRecord> = {}): KeyedRecord => ({ request: 'r', messageId: 'M1', begun: true, outcome: null, ...part });

describe.each([
  ['sends a message', SENDS],
  ['can be repeated', HARMLESS],
  ['must run only once', ONCE_ONLY]
])('a command that %s', (_what, row) => {
  test('begins if nothing is stored', () => {
    expect(onArrival(null, 'r', row)).toEqual({ next: 'begin', messageId: null });
  });

  test.each([done, failed('REFUSED_BY_WHATSAPP')])('is answered with the stored outcome', outcome => {
    expect(onArrival(record({ outcome }), 'r', row)).toEqual({ next: 'answer', outcome });
  });

  test.each([{}, { outcome: done }, { begun: false }])('is refused if its key was used for another request', part => {
    const arrival = onArrival(record(part), 'other', row);
    expect(arrival.next === 'answer' && codeOf(arrival.outcome)).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  test('runs again with its former message id if nothing was done', () => {
    expect(onArrival(record({ begun: false }), 'r', row)).toEqual({ next: 'begin', messageId: 'M1' });
  });
});

test.each([SENDS, HARMLESS])('runs a repeatable command again after an unknown outcome', row => {
  expect(onArrival(record(), 'r', row)).toEqual({ next: 'run-again', record: record() });
});

test('that may run only once is not run again', () => {
  const arrival = onArrival(record({ messageId: null }), 'r', ONCE_ONLY);
  expect(arrival.next === 'answer' && codeOf(arrival.outcome)).toBe('OUTCOME_UNKNOWN');
});

describe('after an attempt', () => {
  test.each([true, false])('success is stored (first attempt: %p)', first => {
    expect(onEnding(done, first)).toEqual({ keep: 'outcome', outcome: done });
  });

  test('a secret reply is not stored', () => {
    expect(onEnding(done, true, { secretReply: true })).toEqual({ keep: 'attempt', outcome: done });
  });

  test.each(Object.keys(ERROR_CODES) as ErrorCode[])('%s is stored only if it is final', code => {
    const { certain, retryable } = ERROR_CODES[code];
    const outcome = failed(code);
    expect(onEnding(outcome, true)).toEqual({ keep: !certain ? 'attempt' : retryable ? 'not-done' : 'outcome', outcome });
    // An earlier attempt may have succeeded: no caller may get a final failure.
    const later = onEnding(outcome, false);
    expect(later.keep).toBe('attempt');
    expect(codeOf(later.outcome)).toBe(certain && !retryable ? 'OUTCOME_UNKNOWN' : code);
    expect(later.outcome).toMatchObject({ error: { certain: false } });
  });

  test.each([
    ['TIMEOUT', 'not-done'],
    ['BROKER_UNAVAILABLE', 'not-done'],
    ['INTERNAL', 'not-done'],
    ['EGRESS_FAILED', 'not-done']
  ] as const)('%s before any effect leaves no record', (code, keep) => {
    const outcome: CommandOutcome = { ok: false, error: new WabusError(code, { certain: true }).toBody() };
    expect(onEnding(outcome, true)).toEqual({ keep, outcome });
  });
});
