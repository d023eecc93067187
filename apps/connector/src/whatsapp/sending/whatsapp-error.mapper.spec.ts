import { Boom } from '@hapi/boom';
import { WabusError, type ErrorCode, type SessionId } from '@wabus/contracts';
import { LeaseLostError } from '../../ownership/session-lease.js';
import { mapWhatsAppError, whileConnected } from './whatsapp-error.mapper.js';

test.each<[what: string, thrown: unknown, code: ErrorCode, details: object | undefined]>([
  ['an error answer of the server', new Boom('not-authorized', { data: 401 }), 'REFUSED_BY_WHATSAPP', { statusCode: 401 }],
  ['an unanswered query', new Boom('Timed Out', { statusCode: 408 }), 'TIMEOUT', undefined],
  ['no connection', new Boom('Connection Closed', { statusCode: 428 }), 'NOT_CONNECTED', undefined],
  ['the close code of a WebSocket', 1006, 'TIMEOUT', undefined],
  ['a closed socket', Object.assign(new Error('write EPIPE'), { code: 'EPIPE', syscall: 'write' }), 'TIMEOUT', undefined],
  ['a session that another connector has', new LeaseLostError('s' as SessionId), 'TIMEOUT', undefined],
  ['a value that Baileys itself refuses', new Boom('Cannot do that', { statusCode: 400 }), 'INVALID_REQUEST', undefined],
  ['a bug', new TypeError('cannot read properties of undefined'), 'INTERNAL', undefined],
  ['nothing', undefined, 'INTERNAL', undefined],
  ['an error of Wabus', new WabusError('BROKER_UNAVAILABLE'), 'BROKER_UNAVAILABLE', undefined]
])('%s', (_what, thrown, code, details) => {
  const error = mapWhatsAppError(thrown);
  expect(error.code).toBe(code);
  expect(error.details).toEqual(details);
});

test.each(['sendMessage', 'relayMessage', 'updateMediaMessage', 'downloadMedia'])(
  '%s names arguments that Baileys cannot read',
  command => {
    for (const thrown of [new TypeError('x is not iterable'), new RangeError('Invalid key length')])
      expect(mapWhatsAppError(thrown, command)).toMatchObject({
        code: 'INVALID_ARGUMENTS',
        details: { fields: expect.any(Object) as object }
      });
    expect(mapWhatsAppError(new Error('no session'), command).code).toBe('INTERNAL');
  }
);

test('a bug reveals no details to the caller', () => {
  expect(JSON.stringify(mapWhatsAppError(new TypeError('secret path')).toBody())).not.toContain('secret');
});

test.each([
  [new Error('WebSocket is not open: readyState 2 (CLOSING)'), false, 'TIMEOUT'],
  [new Boom('All encryptions failed', { statusCode: 500 }), false, 'TIMEOUT'],
  [new Error('a bug'), true, 'INTERNAL'],
  [new Boom('Connection Closed', { statusCode: 428 }), false, 'NOT_CONNECTED'],
  [new Boom('not-authorized', { data: 401 }), false, 'REFUSED_BY_WHATSAPP']
])('%s, connected: %s', (thrown, connected, code) => {
  expect(whileConnected(mapWhatsAppError(thrown), connected).code).toBe(code);
});
