import { COMMAND_CATALOG, type WabusError } from '@wabus/contracts';
import { checkCommand, MAX_DEADLINE_MS, type UncheckedCommand } from './command-request.policy.js';

const good = { session: 'sales', method: 'sendMessage', args: { jid: '4915112345678', content: { text: 'hi' } } };
const codeOf = (command: UncheckedCommand): string => {
  try {
    checkCommand(command);
    return 'accepted';
  } catch (error) {
    return (error as WabusError).code;
  }
};

describe('checkCommand', () => {
  it("fills in the catalog's deadline unless one is given", () => {
    expect(checkCommand(good).deadlineMs).toBe(COMMAND_CATALOG.sendMessage.deadlineMs);
    expect(checkCommand({ ...good, deadlineMs: 1_234 }).deadlineMs).toBe(1_234);
  });

  it('accepts arguments by name and in the order of the method', () => {
    expect(checkCommand({ ...good, args: ['4915112345678', { text: 'hi' }] }).args).toEqual(checkCommand(good).args);
  });

  it.each([undefined, null, '', 'a b', 'a/b', 'a%2Fb', '../a', 'x'.repeat(65), ['sales'], 1, { toString: 'sales' }])(
    'refuses the session id %j',
    session => {
      expect(codeOf({ ...good, session })).toBe('INVALID_REQUEST');
    }
  );

  it.each([0, -1, 1.5, Number.NaN, Infinity, MAX_DEADLINE_MS + 1, '1000', true, {}])('refuses the deadline %p', deadlineMs => {
    expect(codeOf({ ...good, deadlineMs })).toBe('INVALID_REQUEST');
  });

  it.each(['', 'a b', 'ä', 'a\nb', 'x'.repeat(129), 1, ['a']])('refuses the idempotency key %p', idempotencyKey => {
    expect(codeOf({ ...good, idempotencyKey })).toBe('INVALID_REQUEST');
  });

  it.each(['nope', '__proto__', 'constructor', '', undefined, 7, ['sendMessage']])('does not recognize the command %p', method => {
    expect(codeOf({ ...good, method })).toBe('UNKNOWN_COMMAND');
  });

  it.each([undefined, 'text', [1, 2, 3, 4], {}, { jid: 'x', content: { text: 'hi' } }, { ...good.args, extra: 1 }])(
    'refuses the arguments %j',
    args => {
      expect(codeOf({ ...good, args })).toBe('INVALID_ARGUMENTS');
    }
  );
});
