import { Injectable } from '@nestjs/common';
import { WabusError, type CommandName } from '@wabus/contracts';
import { RateLimiter, type Rate } from '@wabus/runtime';
import type { Principal } from '../auth/principal.js';
import type { CheckedCommand } from './command-request.policy.js';

export abstract class CommandLimits {
  /** The rate of all commands of one token. */
  abstract readonly perToken: Rate;
  /** The rate of commands with the scope `send` to one session, from all tokens. The recipients are people, and WhatsApp may ban the account. */
  abstract readonly sendsPerSession: Rate;
}

/** Commands that are answered from this edge's memory. Clients that wait for a state or a code poll often, at no cost to others. */
const UNLIMITED: readonly CommandName[] = ['getSession', 'getQr'];

/** Limits the rate of commands. Each edge counts separately: the limit of the installation is that of one edge multiplied by their number. */
@Injectable()
export class CommandLimiter {
  private readonly perToken: RateLimiter;
  private readonly sendsPerSession: RateLimiter;

  constructor(limits: CommandLimits) {
    this.perToken = new RateLimiter(limits.perToken);
    this.sendsPerSession = new RateLimiter(limits.sendsPerSession);
  }

  /** Counts a command. Throws `RATE_LIMITED` with `details.retryAfterMs` and `details.limit`; a refused command does not count. */
  take(principal: Principal, { session, method, row }: Pick<CheckedCommand, 'session' | 'method' | 'row'>): void {
    if (UNLIMITED.includes(method)) return;
    const now = performance.now();
    const ofToken = this.perToken.take(principal.id, now);
    if (ofToken > 0) throw limited('token', ofToken);
    if (row.scope !== 'send') return;
    const ofSession = this.sendsPerSession.take(session, now);
    if (ofSession === 0) return;
    this.perToken.giveBack(principal.id);
    throw limited('session', ofSession);
  }

  /** Counts an upload as a command of its token, because it prepares one. Throws `RATE_LIMITED`. */
  takeUpload(principal: Principal): void {
    const ofToken = this.perToken.take(principal.id, performance.now());
    if (ofToken > 0) throw limited('token', ofToken);
  }
}

function limited(limit: 'token' | 'session', retryAfterMs: number): WabusError {
  const whose = limit === 'token' ? 'This token sends commands' : 'This session sends messages';
  return new WabusError('RATE_LIMITED', {
    message: `${whose} faster than permitted. Nothing was done; try again after \`details.retryAfterMs\`.`,
    details: { limit, retryAfterMs }
  });
}
