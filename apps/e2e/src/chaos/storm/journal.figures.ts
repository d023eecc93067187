import type { WabusFixture } from '../../wabus.fixture.js';

const SCRAPE_LIMIT_MS = 1_000;
const PREFIX = 'wabus_connector_inbox_';
const SUFFIX = '_total';
const INBOX_COUNTER = /^(wabus_connector_inbox_\w+_total)(?:\{[^}]*\})? (\d+(?:\.\d+)?)$/;

/** Counters of the inbox journal, added up over all lives of all connectors: a SIGKILL takes those of a life with it, so each is read right before. */
export class JournalFigures {
  private readonly ended = new Map<string, number>();
  /** The last reading of each connector's present life. */
  private readonly present = new Map<string, Map<string, number>>();

  constructor(private readonly wabus: WabusFixture) {}

  /** Totals by what they count: `recovered`, `redelivered` … */
  get totals(): Record<string, number> {
    const totals = new Map(this.ended);
    for (const reading of this.present.values()) addTo(totals, reading);
    return Object.fromEntries([...totals].sort(([one], [other]) => one.localeCompare(other)));
  }

  /** Reads a connector's counters. One that does not answer keeps its last reading. */
  async scrape(id: string): Promise<void> {
    try {
      const response = await fetch(`${this.wabus.connectorUrls.get(id)}/metrics`, { signal: AbortSignal.timeout(SCRAPE_LIMIT_MS) });
      this.present.set(id, readCounters(await response.text()));
    } catch {
      // It hangs, or NATS is away: what it has counted since the last reading stays unknown.
    }
  }

  /** A new life of a connector counts from zero. */
  started(id: string): void {
    addTo(this.ended, this.present.get(id) ?? new Map<string, number>());
    this.present.delete(id);
  }
}

/** The journal's counters in Prometheus' text form; labels are added up. */
export function readCounters(text: string): Map<string, number> {
  const counters = new Map<string, number>();
  for (const line of text.split('\n')) {
    const match = INBOX_COUNTER.exec(line);
    if (match?.[1]) addTo(counters, new Map([[match[1].slice(PREFIX.length, -SUFFIX.length), Number(match[2])]]));
  }
  return counters;
}

function addTo(totals: Map<string, number>, reading: ReadonlyMap<string, number>): void {
  for (const [name, value] of reading) totals.set(name, (totals.get(name) ?? 0) + value);
}
