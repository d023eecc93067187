import { decodeCursor, encodeCursor, WabusError } from '@wabus/contracts';
import type { LogPlace } from './event-log.types.js';

/** The identity and the bounds of a stream. */
export interface LogExtent {
  /** Distinguishes this log from other logs with the same name. */
  readonly identity: string;
  /** Creation time, ISO. */
  readonly createdAt: string;
  /** Sequence of the oldest remaining event; `last` + 1 if there is none. */
  readonly first: number;
  /** ISO time of that event; `null` if there is none. */
  readonly firstAt: string | null;
  readonly last: number;
}

const TIME = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d))?$/;

/**
 * Parses `since` as a time in ms; returns `null` if it is not one.
 * A time of day needs a time zone, so that it means the same on every machine; a date alone begins at midnight UTC.
 */
export function timeOf(since: string): number | null {
  const [, day] = TIME.exec(since) ?? [];
  const time = day === undefined || !isDay(day) ? NaN : Date.parse(since);
  return Number.isNaN(time) ? null : time;
}

/** Node.js accepts February 31 as a day in March. */
function isDay(day: string): boolean {
  const time = Date.parse(day);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
}

/** Returns the position of a cursor in this log. Throws `INVALID_REQUEST` with a remedy if it has none. */
export function placeOfCursor(cursor: string, log: LogExtent): LogPlace {
  const position = decodeCursor(cursor);
  if (position === null) {
    throw new WabusError('INVALID_REQUEST', {
      message: 'since must be a cursor from this installation, an ISO time with a time zone, such as 2026-01-31T12:00:00Z, or a date.',
      details: { field: 'since' }
    });
  }
  if (position.stream !== log.identity) {
    throw foreign(`This cursor belongs to an event log that no longer exists: the current one was created at ${log.createdAt}.`, log);
  }
  if (position.sequence > log.last) {
    throw foreign('This cursor is ahead of the event log, which was restored from an older copy.', log);
  }
  return place(position.sequence, log);
}

/** Returns the position right before the first event at or after a time. `next` is the sequence of that event. */
export function placeOfTime(time: number, next: number, log: LogExtent): LogPlace {
  const found = place(next - 1, log);
  // A log created after the given time cannot show what happened before its creation.
  const covered = time >= Date.parse(log.createdAt) && (log.first <= 1 || (log.firstAt !== null && time >= Date.parse(log.firstAt)));
  return covered ? { sequence: found.sequence, cursor: found.cursor } : { ...found, truncated: { firstAt: log.firstAt } };
}

/** Returns the position at a sequence, or right before the oldest remaining event. */
export function place(sequence: number, log: LogExtent): LogPlace {
  const present = Math.max(sequence, log.first - 1);
  const cursor = encodeCursor({ stream: log.identity, sequence: present });
  return { sequence: present, cursor, ...(present > sequence ? { truncated: { firstAt: log.firstAt } } : {}) };
}

function foreign(what: string, { createdAt, firstAt }: LogExtent): WabusError {
  return new WabusError('INVALID_REQUEST', {
    message: `${what} Subscribe with since "${createdAt}" for everything in the current log, or without since for new events only.`,
    details: { field: 'since', reason: 'another-log', logCreatedAt: createdAt, firstAt }
  });
}
