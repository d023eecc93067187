import type { SessionId } from '@wabus/contracts';
import type { Publication } from './publication.js';

interface Line {
  readonly waiting: Publication[];
  /** The first one is under way, or waits for its repetition. */
  busy: boolean;
}

/**
 * Publications in one line per session, of which only the first is under way: should it fail, none that came after it is in the log already, so the order holds
 * through every failure. Sessions take turns.
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
    if (line.waiting.length === 1) this.ready.push(publication.session);
  }

  /** The next one to send; it is under way from now on. `null` when every session is busy or has nothing. */
  take(): Publication | null {
    for (let session = this.ready.shift(); session !== undefined; session = this.ready.shift()) {
      const line = this.lines.get(session);
      const first = line?.waiting[0];
      if (!line || !first || line.busy) continue;
      line.busy = true;
      return first;
    }
    return null;
  }

  /** Ends one, whether it is under way or still waits. */
  remove(publication: Publication): void {
    const line = this.lines.get(publication.session);
    const index = line?.waiting.indexOf(publication) ?? -1;
    if (!line || index < 0) return;
    line.waiting.splice(index, 1);
    if (index > 0) return;
    line.busy = false;
    if (line.waiting.length === 0) this.lines.delete(publication.session);
    else this.ready.push(publication.session);
  }

  /** Removes and returns all. */
  clear(): Publication[] {
    const all = [...this.lines.values()].flatMap(line => line.waiting);
    this.lines.clear();
    this.ready = [];
    return all;
  }
}
