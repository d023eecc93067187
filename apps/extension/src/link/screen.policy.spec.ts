import type { PasskeyView, SessionId } from '@wabus/contracts';
import { PASSKEY_FAILURE_TEXTS } from '@wabus/contracts/passkey';
import { Refusal } from '../gateway/exchange.client.js';
import { screenOfPromptFault, screenOfRefusal, screenOfView } from './screen.policy.js';

const VIEW: PasskeyView = {
  session: 'sales' as SessionId,
  stage: 'assertion',
  requestedAt: '2026-11-28T10:00:00.000Z',
  expiresAt: '2026-11-28T10:02:00.000Z',
  code: null,
  compare: false,
  error: null,
  options: null
};
const screen = (change: Partial<PasskeyView>) => screenOfView({ ...VIEW, ...change }, iso => iso.slice(11, 16));

test.each([
  ['assertion', 'busy', ['cancel']],
  ['sending', 'waiting', []],
  ['waiting-for-phone', 'waiting', ['cancel']],
  ['confirmation', 'question', ['equal', 'differs']],
  ['finishing', 'waiting', []],
  ['failed', 'failed', ['again']],
  [null, 'failed', ['again']]
] as const)('the stage %s is shown as %s', (stage, state, actions) => {
  expect(screen({ stage })).toMatchObject({ state, actions });
});

test('the code and the time left are shown where they count', () => {
  expect(screen({ stage: 'confirmation', code: 'ZDET-SM4S' })).toMatchObject({
    code: 'ZDET-SM4S',
    text: expect.stringContaining('10:02') as string
  });
  expect(screen({ stage: 'finishing', code: 'ZDET-SM4S' })).toMatchObject({ code: 'ZDET-SM4S' });
  expect(screen({ stage: 'waiting-for-phone', expiresAt: null }).text).not.toContain('until');
});

test.each(Object.entries(PASSKEY_FAILURE_TEXTS))('the failure %s is explained with a remedy', (reason, { happened, remedy }) => {
  const error = { reason: reason as keyof typeof PASSKEY_FAILURE_TEXTS, step: null, statusCode: 403 };
  for (const shown of [
    screen({ stage: 'failed', error }),
    screenOfRefusal(new Refusal('PASSKEY_NOT_REQUESTED', '', { linked: false, error }))
  ])
    expect(shown.text).toBe(`${happened} (code 403) ${remedy}`);
});

test.each([
  ['PASSKEY_NOT_REQUESTED', { linked: true }, 'done'],
  ['PASSKEY_NOT_REQUESTED', { linked: false }, 'failed'],
  ['NOT_FOUND', {}, 'failed'],
  ['FOREIGN', {}, 'failed'],
  ['UNREACHABLE', {}, 'question'],
  ['INVALID_ARGUMENTS', {}, 'question'],
  ['INTERNAL', {}, 'question']
])('the refusal %s %j is shown as %s', (code, details, state) => {
  expect(screenOfRefusal(new Refusal(code, 'what the edge says', details)).state).toBe(state);
});

test.each(['NotAllowedError', 'AbortError', 'SecurityError', 'OperationError', 'InvalidStateError', 'tab-gone', 'unsupported'])(
  'the fault %s is explained without its name',
  error => {
    const { text, title, actions } = screenOfPromptFault(error, 'in the words of the browser');
    expect(`${title} ${text}`).not.toMatch(/Error|words of the browser/);
    expect(actions).toEqual(['ask', 'cancel']);
  }
);

test("an unknown fault is reported in the browser's words", () => {
  expect(screenOfPromptFault('DataError', 'odd').text).toBe('DataError: odd');
});
