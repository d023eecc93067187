import { WabusError } from '@wabus/contracts';
import type { EgressFailure } from './egress.js';

/** Codes of Node's network errors and of undici. Codes that are not listed count as `connect`; TLS codes are recognized by their prefix. */
const REASONS: Readonly<Record<string, EgressFailure>> = {
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  EAI_FAIL: 'dns',
  EAI_NODATA: 'dns',
  ECONNREFUSED: 'connect',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  ETIMEDOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  UND_ERR_SOCKET: 'reset',
  UND_ERR_HEADERS_OVERFLOW: 'protocol',
  UND_ERR_RESPONSE: 'protocol',
  UND_ERR_ABORTED: 'aborted',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls',
  UNABLE_TO_GET_ISSUER_CERT: 'tls',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls',
  HOSTNAME_MISMATCH: 'tls',
  EPROTO: 'tls'
};

export function reasonOf(thrown: unknown): EgressFailure {
  if (typeof thrown !== 'object' || thrown === null) return 'connect';
  const { name, code, cause, errors } = thrown as { name?: unknown; code?: unknown; cause?: unknown; errors?: unknown };
  if (name === 'TimeoutError') return 'timeout';
  if (name === 'AbortError') return 'aborted';
  if (typeof code === 'string') {
    const known = REASONS[code];
    if (known !== undefined) return known;
    if (/^(ERR_TLS|ERR_SSL|CERT_)/.test(code)) return 'tls';
    if (code.startsWith('HPE_')) return 'protocol';
  }
  // Several addresses were tried. Any of the errors is suitable.
  if (Array.isArray(errors) && errors.length > 0) return reasonOf(errors[0]);
  return cause === undefined ? 'connect' : reasonOf(cause);
}

export function failed(reason: EgressFailure, cause?: unknown): WabusError {
  return new WabusError('EGRESS_FAILED', { message: MEANING[reason], details: { reason }, cause });
}

const MEANING: Readonly<Record<EgressFailure, string>> = {
  dns: 'The host name could not be resolved.',
  connect: 'The connection to the host could not be established.',
  tls: 'The host has an invalid certificate or does not speak TLS.',
  timeout: 'The host did not answer in time.',
  reset: 'The host closed the connection before it answered.',
  protocol: 'The answer of the host is not valid HTTP.',
  'response-too-large': 'The answer is larger than permitted.',
  'too-many-redirects': 'The host redirects too many times.',
  aborted: 'The request was canceled.'
};
