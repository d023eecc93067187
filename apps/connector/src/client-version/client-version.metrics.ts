import { Injectable } from '@nestjs/common';
import { MetricsRegistry, type Counter, type Gauge } from '@wabus/runtime';

/** Metrics of the presented version, the outcomes of look-ups, and the announced expirations. */
@Injectable()
export class ClientVersionMetrics {
  private readonly info: Gauge<'version' | 'origin'>;
  private readonly lookUps: Counter<'outcome'>;
  private readonly expires: Gauge<'version'>;

  constructor(registry: MetricsRegistry) {
    this.info = registry.gauge({
      name: 'wabus_connector_client_version_info',
      help: 'The version of WhatsApp Web that sessions present, always 1.',
      labels: ['version', 'origin']
    });
    this.lookUps = registry.counter({
      name: 'wabus_connector_client_version_lookups_total',
      help: 'Look-ups of the newest version by this connector.',
      labels: ['outcome']
    });
    this.expires = registry.gauge({
      name: 'wabus_connector_client_version_expires_timestamp_seconds',
      help: 'When WhatsApp will refuse the version that a session of this connector presents, as announced.',
      labels: ['version']
    });
  }

  presented(version: string, origin: string): void {
    this.info.reset();
    this.info.set({ version, origin }, 1);
  }

  lookedUp(outcome: string): void {
    this.lookUps.inc({ outcome });
  }

  expiring(expiries: ReadonlyMap<string, string>): void {
    this.expires.reset();
    for (const [version, at] of expiries) this.expires.set({ version }, Date.parse(at) / 1_000);
  }
}
