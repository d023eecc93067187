import { Boom } from '@hapi/boom';
import { describeFailure, networkFailure, type NetworkProblem } from './network-failure.mapper.js';

const HOST = 'web.whatsapp.com';
const ended = (data: unknown) => new Boom('WebSocket Error', { statusCode: 408, data });
const failed = (code: string) => ended(Object.assign(new Error('x'), { code }));

test.each<[string, NetworkProblem]>([
  ['ENOTFOUND', 'name-unknown'],
  ['EAI_AGAIN', 'name-unknown'],
  ['ECONNREFUSED', 'refused'],
  ['ENETUNREACH', 'no-route'],
  ['EHOSTUNREACH', 'no-route'],
  ['ETIMEDOUT', 'no-answer'],
  ['ECONNRESET', 'cut'],
  ['EPROTO', 'tls'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'tls'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls'],
  ['CERT_HAS_EXPIRED', 'tls'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls'],
  ['EWHATEVER', 'other']
])('%s is %s', (code, problem) => {
  const failure = networkFailure(failed(code), HOST);
  expect(failure).toEqual({ host: HOST, problem, code });
  expect(describeFailure(failure)).toMatch(new RegExp(`^WhatsApp's host web\\.whatsapp\\.com cannot be reached \\(${code}\\): .*\\.$`));
});

test.each([ended(undefined), ended(new Error('Opening handshake has timed out')), undefined])(
  'no response within our limit is reported as no answer',
  error => {
    expect(networkFailure(error, HOST)).toEqual({ host: HOST, problem: 'no-answer', code: null });
  }
);
