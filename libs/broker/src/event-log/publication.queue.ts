import type { SessionId } from '@wabus/contracts';
import { MAX_PIPELINED, type Publication } from './publication.js';

/** Maximum size of one step that is sent to the log. */
export interface BatchLimits {
  readonly publications: number;
  readonly bytes: number;
}

interface Line {
  readonly waiting: Publication[];
  /** Some of its publications are in flight, or wait for a retry. */
  busy: boolean;
}

/**
 * Publications in one line per session.
 * Only the first ones, which are taken together, are in flight: if they fail, no later one is in the log yet, so the order survives every failure.
 * Sessions take turns.
 */
export class PublicationQueue {
  private readonly lines = new Map<SessionId, Line>();
  private ready: SessionId[] = [];

  /** Number of unfinished publications. */
  get size(): number {
    let size = 0;
    for (const line of this.lines.values()) size += line.waiting.length;
    return size;
  }

  add(publication: Publication): void {
    const line = this.lines.get(publication.session) ?? { waiting: [], busy: false };
    this.lines.set(publication.session, line);
    line.waiting.push(publication);
    if (line.waiting.length === 1 && !line.busy) this.ready.push(publication.session);
  }

  /**
   * Takes the next publications of one session to send, at least one of any size; they are in flight from now on. Empty if every session is busy or has none.
   */
  take(limits: BatchLimits): Publication[] {
    for (let session = this.ready.shift(); session !== undefined; session = this.ready.shift()) {
      const line = this.lines.get(session);
      if (!line || line.busy || line.waiting.length === 0) continue;
      line.busy = true;
      return firstOf(line.waiting, limits);
    }
    return [];
  }

  /** Removes a publication, whether it is in flight or waiting. */
  remove(publication: Publication): void {
    const line = this.lines.get(publication.session);
    const index = line?.waiting.indexOf(publication) ?? -1;
    if (!line || index < 0) return;
    line.waiting.splice(index, 1);
    this.forgetEmpty(publication.session, line);
  }

  /** Removes all publications with this signal, and returns them. */
  removeAll(signal: AbortSignal): Publication[] {
    const all = [...this.lines.values()].flatMap(line => line.waiting.filter(publication => publication.signal === signal));
    for (const publication of all) this.remove(publication);
    return all;
  }

  /** Records that the session has nothing in flight anymore, so its next publications may be taken. */
  release(session: SessionId): void {
    const line = this.lines.get(session);
    if (!line) return;
    line.busy = false;
    if (line.waiting.length > 0) this.ready.push(session);
    this.forgetEmpty(session, line);
  }

  /** Removes all publications and returns them. */
  clear(): Publication[] {
    const all = [...this.lines.values()].flatMap(line => line.waiting);
    this.lines.clear();
    this.ready = [];
    return all;
  }

  private forgetEmpty(session: SessionId, line: Line): void {
    if (line.waiting.length === 0 && !line.busy) this.lines.delete(session);
  }
}

/**
 * Returns as many as may be sent together: a full step as one batch, or fewer as single messages, all from one turn of the event loop and of distinct families.
 */
function firstOf(waiting: readonly Publication[], limits: BatchLimits): Publication[] {
  const taken = [waiting[0]!];
  let bytes = waiting[0]!.bytes;
  let isFull = false;
  for (const next of waiting.slice(1, limits.publications)) {
    bytes += next.bytes;
    isFull = bytes > limits.bytes;
    if (taken[0]!.isSingle || next.isSingle || isFull) break;
    taken.push(next);
    isFull = taken.length === limits.publications;
  }
  if (isFull && taken.length > MAX_PIPELINED) return taken;
  const families = new Set<string>();
  const end = taken.findIndex(({ family, turn }) => turn !== taken[0]!.turn || families.size === families.add(family).size);
  return end < 0 ? taken : taken.slice(0, end);
}
