import type { WabusError } from '../errors/wabus-error.js';
import { checkArgumentSize, MAX_ARGUMENT_VALUES } from './argument-shape.policy.js';

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
  ])('accepts ordinary arguments (%#)', args => {
    expect(codeOf(args)).toBe('accepted');
  });

  it('counts values at every depth', () => {
    expect(codeOf(Array.from({ length: MAX_ARGUMENT_VALUES }, () => 1))).toBe('accepted');
    expect(codeOf(Array.from({ length: MAX_ARGUMENT_VALUES + 1 }, () => 1))).toBe('INVALID_ARGUMENTS');
    expect(codeOf({ content: Object.fromEntries(Array.from({ length: MAX_ARGUMENT_VALUES }, (_, i) => [`f${i}`, i])) })).toBe(
      'INVALID_ARGUMENTS'
    );
    const nested = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}${'1,'.repeat(MAX_ARGUMENT_VALUES)}1${']'.repeat(depth)}`);
    expect(codeOf(nested(10))).toBe('INVALID_ARGUMENTS');
    // `refuseHostileShape` refuses values that are nested too deeply.
    expect(codeOf(nested(100_000))).toBe('accepted');
  });

  it('accepts bytes as a value, but not as the arguments', () => {
    expect(codeOf({ content: { image: new Uint8Array(1_000_000) } })).toBe('accepted');
    expect(codeOf(Buffer.from('x'))).toBe('INVALID_ARGUMENTS');
    expect(codeOf(new ArrayBuffer(1))).toBe('INVALID_ARGUMENTS');
  });
});
