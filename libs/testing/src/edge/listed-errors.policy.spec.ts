import { requireListedError } from './listed-errors.policy.js';

describe('the error of a command', () => {
  it.each([
    ['a success', 'sendMessage', undefined],
    ['a code of every command', 'startSession', 'UNKNOWN_SESSION'],
    ['a code of a connection', 'groupCreate', 'REFUSED_BY_WHATSAPP'],
    ['a code of its own', 'sendMessage', 'NOT_ON_WHATSAPP'],
    ['an unknown command', 'sendEverything', 'UNKNOWN_COMMAND'],
    ['no name', 7, 'INVALID_REQUEST']
  ] as const)('is accepted if listed: %s', (_what, method, code) => expect(() => requireListedError(method, code)).not.toThrow());

  it.each([
    ['startSession', 'NOT_CONNECTED'],
    ['groupCreate', 'NOT_ON_WHATSAPP']
  ] as const)('must be listed: %s with %s', (method, code) =>
    expect(() => requireListedError(method, code)).toThrow(`${method} failed with ${code}`)
  );
});
