import { ERROR_CODES, WabusError, type ErrorCode } from '@wabus/contracts';
import { CLOUD_FAILURES, CloudRefusal, cloudErrorBody, failureOf } from './cloud-error.table.js';

const codeOf = (code: ErrorCode, details?: Record<string, unknown>): number =>
  failureOf(new WabusError(code, { ...(details ? { details } : {}) })).code;

test.each<[ErrorCode, number]>([
  ['UNAUTHORIZED', 190],
  ['INVALID_ARGUMENTS', 100],
  ['NOT_ON_WHATSAPP', 131026],
  ['RATE_LIMITED', 130429],
  ['NOT_CONNECTED', 131016],
  ['NOT_PAIRED', 133010],
  ['EGRESS_DENIED', 131053],
  ['INTERNAL', 131000]
])('%s is %d', (code, meant) => {
  expect(codeOf(code)).toBe(meant);
});

test('every error has a refusing status', () => {
  for (const code of Object.keys(ERROR_CODES) as ErrorCode[]) expect(failureOf(new WabusError(code)).status).toBeGreaterThanOrEqual(400);
});

test('an uncertain failure is never reported as a certain one', () => {
  const uncertain = (Object.keys(ERROR_CODES) as ErrorCode[]).filter(code => !ERROR_CODES[code].certain && !code.startsWith('EGRESS'));
  for (const code of uncertain) expect(failureOf(new WabusError(code)).status).toBeGreaterThanOrEqual(500);
});

test('a session out of reach looks like one that does not exist', () => {
  const out = failureOf(new WabusError('FORBIDDEN', { details: { session: 'sales' } }));
  expect(out).toEqual(failureOf(new WabusError('UNKNOWN_SESSION')));
  expect(codeOf('FORBIDDEN', { session: 'sales', scope: 'send' })).toBe(10);
});

// Graph API, "Error handling"; WhatsApp, "WhatsApp error codes", 18 June 2026.
test('an error has the form of the reference', () => {
  expect(cloudErrorBody(new CloudRefusal(CLOUD_FAILURES.object, 'Why.'))).toEqual({
    error: {
      message: `(#100) ${CLOUD_FAILURES.object.title}`,
      type: 'OAuthException',
      code: 100,
      error_subcode: 33,
      error_data: { messaging_product: 'whatsapp', details: 'Why.' },
      fbtrace_id: expect.stringMatching(/^A[A-Za-z0-9_-]{20,}$/) as unknown
    }
  });
});
