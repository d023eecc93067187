import { Injectable } from '@nestjs/common';
import type { CommandContext } from '@wabus/broker';
import { isCommandName } from '@wabus/contracts';
import { MetricsRegistry, type Counter, type Histogram } from '@wabus/runtime';

/** Counts answered commands. */
@Injectable()
export class CommandMetrics {
  private readonly commands: Counter<'method' | 'outcome'>;
  private readonly seconds: Histogram<'method'>;

  constructor(registry: MetricsRegistry) {
    this.commands = registry.counter({
      name: 'wabus_connector_commands_total',
      help: 'Answered commands by outcome.',
      labels: ['method', 'outcome']
    });
    this.seconds = registry.histogram({
      name: 'wabus_connector_command_seconds',
      help: 'Time to answer a command.',
      labels: ['method'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 30]
    });
  }

  answered({ method: name, outcome, startedAt }: Pick<CommandContext, 'method' | 'outcome' | 'startedAt'>): void {
    // Callers choose the name, and a metric must not grow with invented names.
    const method = isCommandName(name) ? name : 'unknown';
    this.commands.inc({ method, outcome });
    this.seconds.observe({ method }, (performance.now() - startedAt) / 1000);
  }
}
