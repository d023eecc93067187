import type { WabusError } from '../errors/wabus-error.js';
import { checkArgumentSize, MAX_ARGUMENT_VALUES } from './argument-size.policy.js';

const codeOf = (args: unknown): string => {
  try {
    checkArgumentSize(args);
    return 'accepted';
  } catch (error) {
    return (error as WabusError).code;
  }
};

describe('checkArgumentSize', () => {
  it.each([
    undefined,
    null,
    'text',
    1,
    {},
    [],
    { jid: 'x', content: { text: 'x'.repeat(60_000), mentions: Array.from({ length: 1_024 }, () => 'x') } }
  ])('lets ordinary arguments pass %#', args => {
    expect(codeOf(args)).toBe('accepted');
  });

  it('counts values at every depth', () => {
    expect(codeOf(Array.from({ length: MAX_ARGUMENT_VALUES }, () => 1))).toBe('accepted');
    expect(codeOf(Array.from({ length: MAX_ARGUMENT_VALUES + 1 }, () => 1))).toBe('INVALID_ARGUMENTS');
    expect(codeOf({ content: Object.fromEntries(Array.from({ length: MAX_ARGUMENT_VALUES }, (_, i) => [`f${i}`, i])) })).toBe(
      'INVALID_ARGUMENTS'
    );
    expect(codeOf(JSON.parse('['.repeat(100_000) + ']'.repeat(100_000)))).toBe('INVALID_ARGUMENTS');
  });

  it.each([Buffer.from('x'), new ArrayBuffer(1), { content: { image: new Uint8Array(1) } }])('refuses bytes %#', args => {
    expect(codeOf(args)).toBe('INVALID_ARGUMENTS');
  });
});
