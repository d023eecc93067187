import type { Cursor } from '@wabus/contracts';
import type { LoggedEvent } from '../event-log/event-log.js';

/** What a group shares, and how patient it is. */
export interface GroupTerms {
  /** Subjects of stored events, none covered by another. */
  readonly filters: readonly string[];
  /** An event that is neither settled nor given back in this time is given to somebody again. */
  readonly ackWaitMs: number;
  /** Events that may be under way over all members. With 1 the order of the log holds through every repetition. */
  readonly maxUnderWay: number;
}

/** Where a new group begins: after a cursor, or with what is stored from now on. */
export type GroupStart = { readonly kind: 'after'; readonly cursor: Cursor } | { readonly kind: 'now' };

/** An event given to one member. */
export interface GroupDelivery {
  readonly event: LoggedEvent;
  /** 1 for the first time that anybody got it. */
  readonly attempt: number;
}

/** What becomes of a delivery: it is settled for the whole group, or comes again, to any member, after a time. */
export type GroupVerdict = { readonly settled: true } | { readonly settled: false; readonly retryInMs: number };

export interface GroupMember {
  /** Deliveries that this member holds at most at a time. */
  readonly maxInFlight: number;
  /** One delivery. Calls overlap. What it throws counts as "again, at once". */
  handle(delivery: GroupDelivery): Promise<GroupVerdict>;
}

export interface Membership {
  /** Ends it: no delivery follows, and what came too late is given back at once. Verdicts of deliveries that are still held are honoured. */
  leave(): Promise<void>;
}

export interface GroupState {
  /** Events that nobody got yet. */
  readonly waiting: number;
  /** Events that somebody holds. */
  readonly underWay: number;
}

/**
 * Groups that share the events of the log: each event goes to one member, wherever that is connected, until it is settled. The broker keeps how far a group is,
 * so it outlives its members, their processes and restarts of the broker. At least once: what was settled just before a failure may come again.
 * Names are of `A-Z a-z 0-9 _ -`. Every method throws `BROKER_UNAVAILABLE` when the broker does not answer.
 */
export abstract class EventGroups {
  /** Begins a group; one that is there already stays as it is. Throws `INVALID_REQUEST` on a cursor of another log. */
  abstract establish(name: string, terms: GroupTerms, start: GroupStart): Promise<void>;
  /** Gives a group other terms. It keeps its place in the log. Throws `NOT_FOUND`. */
  abstract change(name: string, terms: GroupTerms): Promise<void>;
  abstract remove(name: string): Promise<void>;
  /** `null` when there is no such group. */
  abstract state(name: string): Promise<GroupState | null>;
  /** Takes part until the membership ends; supervised: it survives restarts of the broker, and waits for a group that is not there. */
  abstract join(name: string, member: GroupMember): Membership;
}
