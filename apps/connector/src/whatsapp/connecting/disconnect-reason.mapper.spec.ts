import { Boom } from '@hapi/boom';
import { DisconnectReason } from '../baileys.js';
import { mapDisconnect, type ClosingCircumstances } from './disconnect-reason.mapper.js';
import type { DisconnectReasonName } from '../disconnect-reason.table.js';
import { ProxyError } from './proxy-tunnel.js';

const usual: ClosingCircumstances = { passkeyOver: false, qrCodes: 'none', httpStatus: null, handshakeDone: true };
const boom = (statusCode: number, data?: unknown) => new Boom('text that must not matter', { statusCode, data });
const systemError = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });

test.each<[what: string, error: unknown, circumstances: Partial<ClosingCircumstances>, reason: DisconnectReasonName, code: number | null]>([
  ['device removed', boom(401), {}, 'logged-out', 401],
  ['account banned', boom(403, { reason: '403' }), {}, 'forbidden', 403],
  ['client too old', boom(405, { reason: '405' }), {}, 'client-outdated', 405],
  ['multi-device mismatch', boom(411), {}, 'device-mismatch', 411],
  ['plain close', boom(428), {}, 'connection-closed', 428],
  ['conflict', boom(440), {}, 'replaced', 440],
  ['service unavailable', boom(503), {}, 'unavailable', 503],
  ['restart after linking', boom(515), {}, 'restart-required', 515],
  ['silence after login', boom(408), {}, 'connection-lost', 408],
  ['no answer to the handshake', boom(408), { handshakeDone: false }, 'timed-out', 408],
  ['no route', boom(408, systemError), { handshakeDone: false }, 'unreachable', 408],
  ['last QR code expired', boom(408), { qrCodes: 'used-up' }, 'qr-expired', 408],
  ['silence while the last QR code is shown', boom(408), { qrCodes: 'last-shown' }, 'connection-lost', 408],
  ['close while the last QR code is shown', boom(428), { qrCodes: 'last-shown' }, 'qr-expired', 428],
  ['close after a failed link by passkey', boom(428), { passkeyOver: true, qrCodes: 'last-shown' }, 'passkey-ended', null],
  ['close while an earlier QR code is shown', boom(428), { qrCodes: 'shown' }, 'connection-closed', 428],
  ['refusal while the last QR code is shown', boom(403), { qrCodes: 'last-shown' }, 'forbidden', 403],
  ['stream error with code 500', boom(500, { tag: 'stream:error', attrs: { code: '500' } }), {}, 'bad-session', 500],
  ['failure with reason 500', boom(500, { reason: '500' }), {}, 'unavailable', 500],
  ['failure with reason 402', boom(402, { reason: '402' }), {}, 'temporarily-banned', 402],
  ['failure with reason 406', boom(406, { reason: '406' }), {}, 'banned', 406],
  ['failure with reason 409', boom(409, { reason: '409' }), {}, 'client-refused', 409],
  ['failure with reason 415', boom(415, { reason: '415' }), {}, 'client-refused', 415],
  ['failure with reason 418', boom(418, { reason: '418' }), {}, 'client-refused', 418],
  ['failure with reason 429', boom(429, { reason: '429' }), {}, 'rate-limited', 429],
  ['failure with reason 503', boom(503, { reason: '503' }), {}, 'unavailable', 503],
  ['failure with reason 501', boom(501, { reason: '501' }), {}, 'connection-failed', 501],
  ['stream error with code 429', boom(429, { tag: 'stream:error', attrs: { code: '429' } }), {}, 'rate-limited', 429],
  ['stream error with code 409', boom(409, { tag: 'stream:error', attrs: { code: '409' } }), {}, 'connection-failed', 409],
  ['stream error without a code', boom(500, { tag: 'xml-not-well-formed', attrs: {} }), {}, 'protocol-error', 500],
  ['backlog that did not end', boom(428), { backlogStalled: true }, 'backlog-stalled', null],
  ['WebSocket error without a code', boom(500, systemError), {}, 'unreachable', 500],
  ['proxy that refuses the password', boom(500, new ProxyError('x', 407)), { handshakeDone: false }, 'proxy-failed', 407],
  ['proxy that cannot be reached', boom(408, new ProxyError('x', null)), { handshakeDone: false }, 'proxy-failed', null],
  ['certificate refused', boom(400), { handshakeDone: false }, 'server-not-trusted', 400],
  ['failure 400 from the server', boom(400, { reason: '400' }), { handshakeDone: false }, 'connection-failed', 400],
  ['an unknown code', boom(499), {}, 'connection-failed', 499],
  ['HTTP 503 on the upgrade', boom(428), { httpStatus: 503, handshakeDone: false }, 'http-refused', 503],
  ['no error', undefined, {}, 'connection-closed', null],
  ['an error of the runtime', new TypeError('x'), {}, 'connection-failed', null],
  ['a value that is not an error', 1006, {}, 'connection-failed', null]
])('%s', (_what, error, circumstances, reason, code) => {
  expect(mapDisconnect(error, { ...usual, ...circumstances })).toEqual({ reason, code });
});

test('a stream error with an ack reports its class and id', () => {
  const error = boom(500, { tag: 'ack', attrs: { class: 'status', id: 'A1', type: 'media' } });
  const unacknowledged = { class: 'status', id: 'A1' };
  expect(mapDisconnect(error, usual)).toEqual({ reason: 'unacknowledged-stanza', code: 500, unacknowledged });
});

/** Every name in Baileys' list; two names share the code 408. */
const NAMED_BY_BAILEYS: Record<keyof typeof DisconnectReason, [DisconnectReasonName, Partial<ClosingCircumstances>, data?: unknown]> = {
  connectionClosed: ['connection-closed', {}],
  connectionLost: ['connection-lost', {}],
  connectionReplaced: ['replaced', {}],
  timedOut: ['timed-out', { handshakeDone: false }],
  loggedOut: ['logged-out', {}],
  badSession: ['bad-session', {}, { tag: 'stream:error', attrs: { code: '500' } }],
  restartRequired: ['restart-required', {}],
  multideviceMismatch: ['device-mismatch', {}],
  forbidden: ['forbidden', {}],
  unavailableService: ['unavailable', {}]
};
const namesOfBaileys = Object.keys(DisconnectReason).filter(name => Number.isNaN(Number(name))) as (keyof typeof DisconnectReason)[];

test.each(namesOfBaileys)("%s in Baileys' list has its own reason", name => {
  const [reason, circumstances, data] = NAMED_BY_BAILEYS[name];
  expect(mapDisconnect(boom(DisconnectReason[name], data), { ...usual, ...circumstances }).reason).toBe(reason);
});
