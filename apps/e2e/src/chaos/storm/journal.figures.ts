import type { WabusFixture } from '../../wabus.fixture.js';

const SCRAPE_LIMIT_MS = 1_000;
const PREFIX = 'wabus_connector_inbox_';
const SUFFIX = '_total';
const INBOX_COUNTER = /^(wabus_connector_inbox_\w+_total)(?:\{[^}]*\})? (\d+(?:\.\d+)?)$/;

/** Counters of the inbox journal, summed over all runs of all connectors: a SIGKILL loses the counters of a run, so they are read immediately before it. */
export class JournalFigures {
  private readonly ended = new Map<string, number>();
  /** The last reading of each connector's current run. */
  private readonly present = new Map<string, Map<string, number>>();

  constructor(private readonly wabus: WabusFixture) {}

  /** The totals by counter name: `recovered`, `redelivered` … */
  get totals(): Record<string, number> {
    const totals = new Map(this.ended);
    for (const reading of this.present.values()) addTo(totals, reading);
    return Object.fromEntries([...totals].sort(([one], [other]) => one.localeCompare(other)));
  }

  /** Reads a connector's counters. If it does not respond, its last reading stays. */
  async scrape(id: string): Promise<void> {
    try {
      const response = await fetch(`${this.wabus.connectorUrls.get(id)}/metrics`, { signal: AbortSignal.timeout(SCRAPE_LIMIT_MS) });
      this.present.set(id, readCounters(await response.text()));
    } catch {
      // The connector hangs, or NATS is unavailable: the counts since the last reading stay unknown.
    }
  }

  /** Starts a new run of a connector, whose counters begin at zero. */
  started(id: string): void {
    addTo(this.ended, this.present.get(id) ?? new Map<string, number>());
    this.present.delete(id);
  }
}

/** Parses the journal's counters in Prometheus' text format and sums them over labels. */
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
