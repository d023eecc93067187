import { Counter, Histogram, type Registry } from '@wabus/runtime';
import type { CommandName, ErrorCode } from '@wabus/contracts';
import { CommandMetrics } from './command.metrics.js';

/** Answered commands as Prometheus metrics. */
export class PrometheusCommandMetrics extends CommandMetrics {
  private readonly commands: Counter<'method' | 'outcome'>;
  private readonly seconds: Histogram<'method'>;

  constructor(registry: Registry) {
    super();
    const registers = [registry];
    this.commands = new Counter({
      name: 'wabus_connector_commands_total',
      help: 'Answered commands by outcome.',
      labelNames: ['method', 'outcome'],
      registers
    });
    this.seconds = new Histogram({
      name: 'wabus_connector_command_seconds',
      help: 'Time to answer a command.',
      labelNames: ['method'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 30],
      registers
    });
  }

  answered(method: CommandName | 'unknown', outcome: 'ok' | ErrorCode, seconds: number): void {
    this.commands.inc({ method, outcome });
    this.seconds.observe({ method }, seconds);
  }
}
