import { Injectable } from '@nestjs/common';
import { MetricsRegistry } from '@wabus/runtime';
import { SessionRegistryStore } from './session.registry.store.js';

/** Reports the sessions of the installation, as far as this edge knows them. */
@Injectable()
export class SessionMetrics {
  constructor(metrics: MetricsRegistry, registry: SessionRegistryStore) {
    metrics.gauge({
      name: 'wabus_edge_sessions',
      help: 'Sessions by state and by the connector that owns them; every edge reports all of them.',
      labels: ['state', 'connector'],
      collect: gauge => {
        gauge.reset();
        for (const { status } of registry.list()) gauge.inc({ state: status.state, connector: status.connector ?? 'none' });
      }
    });
    metrics.gauge({
      name: 'wabus_edge_sessions_unowned',
      help: 'Sessions that should run and that no connector owns.',
      collect: gauge =>
        gauge.set(registry.list().filter(({ desired, status }) => desired === 'running' && status.connector === null).length)
    });
    metrics.gauge({
      name: 'wabus_edge_sessions_reconnecting',
      help: 'Sessions that lose their connection again and again.',
      collect: gauge => gauge.set(registry.list().filter(({ status }) => status.reconnectLoopSince != null).length)
    });
  }
}
