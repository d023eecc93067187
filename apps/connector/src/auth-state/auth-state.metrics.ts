import { Injectable } from '@nestjs/common';
import { Counter, Gauge, Registry } from '@wabus/runtime';

/** The metrics of the write-ahead rings. */
@Injectable()
export class AuthStateMetrics {
  private readonly entriesGauge: Gauge;
  private readonly commitsTotal: Counter;
  private readonly foldedTotal: Counter;

  constructor(registry: Registry) {
    const registers = [registry];
    this.entriesGauge = new Gauge({
      name: 'wabus_connector_auth_ring_entries',
      help: 'Entries of all write-ahead rings that are not folded into records yet.',
      registers
    });
    this.commitsTotal = new Counter({
      name: 'wabus_connector_auth_commits_total',
      help: 'Commits of credentials and keys, by path: ring or batch.',
      labelNames: ['way'],
      registers
    });
    this.foldedTotal = new Counter({
      name: 'wabus_connector_auth_folded_records_total',
      help: 'Records that were folded out of write-ahead rings.',
      registers
    });
  }

  /** Changes the number of entries that are not folded. */
  entries(change: number): void {
    this.entriesGauge.inc(change);
  }

  committed(way: 'ring' | 'batch'): void {
    this.commitsTotal.inc({ way });
  }

  folded(records: number): void {
    this.foldedTotal.inc(records);
  }
}
