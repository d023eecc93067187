import { Injectable } from '@nestjs/common';
import { endOf, type Principal } from './principal.js';

/** Why a principal no longer permits anything. */
export type PrincipalEnd = 'revoked' | 'expired';

/** Notifies open connections when their token becomes invalid. */
export abstract class PrincipalRevocations {
  /**
   * Calls `ended` once, when the token expires, is revoked, is removed from the token file, or changes its permissions. Returns a function
   * that ends the watch; call it when the connection closes.
   */
  abstract watch(principal: Principal, ended: (why: PrincipalEnd) => void): () => void;

  /** Calls the listener with a principal's id each time a watched principal with this id has ended. Returns a function that removes the listener. */
  abstract onRevoked(listener: (principalId: string) => void): () => void;
}

interface Watched {
  readonly principal: Principal;
  readonly ended: (why: PrincipalEnd) => void;
}

/** The longest timer. A system clock that is changed takes effect after this time at the latest. */
const MAX_TIMER_MS = 30_000;

/** The principals of open connections. A timer checks for expiry; `review` checks after every change of tokens. */
@Injectable()
export class PrincipalWatch extends PrincipalRevocations {
  private readonly watched = new Set<Watched>();
  private readonly listeners = new Set<(principalId: string) => void>();
  private timer: NodeJS.Timeout | null = null;
  /** When the timer fires, in ms since 1970. */
  private nextAt = Infinity;

  watch(principal: Principal, ended: (why: PrincipalEnd) => void): () => void {
    const one = { principal, ended };
    this.watched.add(one);
    const end = endOf(principal);
    if (end < this.nextAt) this.scheduleFor(end);
    return () => void this.watched.delete(one);
  }

  onRevoked(listener: (principalId: string) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Ends every watched principal that is no longer valid. */
  review(isValid: (principal: Principal) => boolean): void {
    for (const one of [...this.watched]) if (!isValid(one.principal)) this.end(one, 'revoked');
  }

  /** Calls `visit` with each principal that has an open connection. */
  each(visit: (principal: Principal) => void): void {
    for (const { principal } of this.watched) visit(principal);
  }

  stop(): void {
    if (this.timer) clearTimeout(this.timer);
    this.watched.clear();
  }

  private end(one: Watched, why: PrincipalEnd): void {
    if (!this.watched.delete(one)) return;
    one.ended(why);
    for (const listener of this.listeners) listener(one.principal.id);
  }

  /** Sets the only timer to the next expiry. */
  private scheduleFor(at: number): void {
    if (this.timer) clearTimeout(this.timer);
    this.nextAt = at;
    this.timer = at === Infinity ? null : setTimeout(() => this.expire(), Math.min(MAX_TIMER_MS, Math.max(0, at - Date.now())));
    this.timer?.unref();
  }

  private expire(): void {
    const now = Date.now();
    for (const one of [...this.watched]) if (endOf(one.principal) <= now) this.end(one, 'expired');
    let next = Infinity;
    for (const { principal } of this.watched) next = Math.min(next, endOf(principal));
    this.scheduleFor(next);
  }
}
