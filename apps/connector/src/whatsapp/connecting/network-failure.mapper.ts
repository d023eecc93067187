import { Boom } from '@hapi/boom';
import type { Logger } from 'pino';

/** The step at which a connection to WhatsApp fails. */
export type NetworkProblem = 'name-unknown' | 'refused' | 'no-route' | 'no-answer' | 'cut' | 'tls' | 'other';

/** The reason why a WhatsApp host was not reached. */
export interface NetworkFailure {
  /** The host name, with the port if it is not the default. */
  readonly host: string;
  readonly problem: NetworkProblem;
  /** The Node.js code, such as `ENOTFOUND`; `null` if there was no answer within our own limit. */
  readonly code: string | null;
}

const PROBLEM_BY_CODE: Readonly<Record<string, NetworkProblem>> = {
  ENOTFOUND: 'name-unknown',
  EAI_AGAIN: 'name-unknown',
  EAI_FAIL: 'name-unknown',
  EAI_NODATA: 'name-unknown',
  EAI_NONAME: 'name-unknown',
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'no-route',
  ENETUNREACH: 'no-route',
  ENETDOWN: 'no-route',
  EADDRNOTAVAIL: 'no-route',
  EACCES: 'no-route',
  EPERM: 'no-route',
  ETIMEDOUT: 'no-answer',
  ECONNRESET: 'cut',
  ECONNABORTED: 'cut',
  EPIPE: 'cut',
  EPROTO: 'tls',
  HOSTNAME_MISMATCH: 'tls'
};
/** Codes of OpenSSL and of Node.js' `tls`. */
const TLS =
  /^(ERR_TLS|ERR_SSL|CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERROR_IN_CERT|INVALID_CA|PATH_LENGTH_EXCEEDED|INVALID_PURPOSE)/;

const WHY: Readonly<Record<NetworkProblem, string>> = {
  'name-unknown': 'its name cannot be resolved. Check DNS.',
  refused: 'the connection is refused. Check for a firewall on the way.',
  'no-route': 'there is no route to it. Check the network and its firewall.',
  'no-answer': 'it does not answer. Check for a firewall that drops packets.',
  cut: 'the connection is cut before WhatsApp answers. Check for a firewall on the way.',
  tls: 'no trusted TLS connection can be established. Check for a proxy that intercepts TLS, and check the clock of this machine.',
  other: 'the network reports an error.'
};

/** Maps the error of a connection that could not be established to a network failure; `no-answer` if it contains no system error. */
export function networkFailure(error: unknown, host: string): NetworkFailure {
  const code = error instanceof Boom ? codeOf(error.data) : null;
  if (code === null) return { host, problem: 'no-answer', code };
  return { host, problem: PROBLEM_BY_CODE[code] ?? (TLS.test(code) ? 'tls' : 'other'), code };
}

/** Returns a text for people with the host, the cause and what to check. */
export function describeFailure({ host, problem, code }: NetworkFailure): string {
  return `WhatsApp's host ${host} cannot be reached${code === null ? '' : ` (${code})`}: ${WHY[problem]} A new attempt follows.`;
}

function codeOf(data: unknown): string | null {
  if (!(data instanceof Error)) return null;
  const { code } = data as NodeJS.ErrnoException;
  return typeof code === 'string' ? code : null;
}

/** Logs once for all sessions of a connector that WhatsApp is unreachable, and not again until it was reached. */
export class ReachabilityNotice {
  private logged = false;

  constructor(private readonly logger: Logger) {}

  failed({ host, problem, code }: NetworkFailure): void {
    if (this.logged) return;
    this.logged = true;
    this.logger.warn({ host, problem, code }, 'whatsapp is unreachable, retrying');
  }

  reached(): void {
    if (!this.logged) return;
    this.logged = false;
    this.logger.info('whatsapp is reachable again');
  }
}
