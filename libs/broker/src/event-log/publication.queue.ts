import type { SessionId } from '@wabus/contracts';
import { MAX_PIPELINED, type Publication } from './publication.js';

/** How much goes to the log in one step, at most. */
export interface BatchLimits {
  readonly publications: number;
  readonly bytes: number;
}

interface Line {
  readonly waiting: Publication[];
  /** Some are under way, or wait for their repetition. */
  busy: boolean;
}

/**
 * Publications in one line per session, of which only the first ones, taken together, are under way: should they fail, none that came after them is in the log already,
 * so the order holds through every failure. Sessions take turns.
 */
export class PublicationQueue {
  private readonly lines = new Map<SessionId, Line>();
  private ready: SessionId[] = [];

  /** Publications that are not finished. */
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

  /** The next ones of one session to send, at least one whatever its size; they are under way from now on. Empty when every session is busy or has nothing. */
  take(limits: BatchLimits): Publication[] {
    for (let session = this.ready.shift(); session !== undefined; session = this.ready.shift()) {
      const line = this.lines.get(session);
      if (!line || line.busy || line.waiting.length === 0) continue;
      line.busy = true;
      return firstOf(line.waiting, limits);
    }
    return [];
  }

  /** Ends one, whether it is under way or still waits. */
  remove(publication: Publication): void {
    const line = this.lines.get(publication.session);
    const index = line?.waiting.indexOf(publication) ?? -1;
    if (!line || index < 0) return;
    line.waiting.splice(index, 1);
    this.forgetEmpty(publication.session, line);
  }

  /** Ends all that have this signal, and returns them. */
  removeAll(signal: AbortSignal): Publication[] {
    const all = [...this.lines.values()].flatMap(line => line.waiting.filter(publication => publication.signal === signal));
    for (const publication of all) this.remove(publication);
    return all;
  }

  /** Nothing of the session is under way any more: what waits has its turn. */
  release(session: SessionId): void {
    const line = this.lines.get(session);
    if (!line) return;
    line.busy = false;
    if (line.waiting.length > 0) this.ready.push(session);
    this.forgetEmpty(session, line);
  }

  /** Removes and returns all. */
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

/** As far as they may go together: a full step as one batch; less as single messages, of one turn of the loop and no two of one family. */
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
