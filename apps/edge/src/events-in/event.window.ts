import { Injectable } from '@nestjs/common';
import { Erasures } from '../erasure/erasures.registry.js';
import { EventsInSettings } from './events-in.settings.js';
import type { LiveEvent } from './live-events.js';
import { RecentWindow } from './recent-window.state.js';

/** What an event weighs besides its body. */
const FACTS_BYTES = 600;
/** A reader writes what one reading takes out to its client in one go. */
const PAGE_EVENTS = 1_000;

interface Kept {
  readonly event: LiveEvent;
  readonly sequence: number;
  readonly bytes: number;
}

/** The newest live events of this edge. */
@Injectable()
export class EventWindow {
  private readonly kept: RecentWindow<Kept>;

  constructor(settings: EventsInSettings, erasures: Erasures) {
    this.kept = new RecentWindow<Kept>(settings.window);
    erasures.onGone((session, epoch) => this.kept.remove(({ event: { facts } }) => facts.session === session && facts.epoch <= epoch));
  }

  /** Forgets everything: the feed begins here, or begins anew. */
  begin(sequence: number): void {
    this.kept.reset(sequence);
  }

  /** Adds an event. One that does not come after all others was found late, or belongs to another log: what was before `position` is then left to the log. */
  add(event: LiveEvent, position: number): void {
    if (event.sequence <= this.kept.newest) return this.begin(position);
    this.kept.add({ event, sequence: event.sequence, bytes: event.body.length * 2 + FACTS_BYTES });
  }

  /** The next events after a sequence; `isFull` tells that more follow. `null` when memory does not reach back that far. */
  after(sequence: number, maxBytes: number): { events: LiveEvent[]; isFull: boolean } | null {
    const found = this.kept.after(sequence, { maxEvents: PAGE_EVENTS, maxBytes });
    if (found === null) return null;
    const last = found.at(-1);
    const isFull = last !== undefined && last.sequence < this.kept.newest;
    return { events: found.map(({ event }) => event), isFull };
  }
}
