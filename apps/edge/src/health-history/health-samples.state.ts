import type { HealthSample } from '@wabus/contracts';
import { sampleOf, type HealthReading } from './health-rates.policy.js';

/** The newest samples, up to a limit, oldest first. */
export class HealthSamples {
  private samples: readonly HealthSample[] = [];
  private last: HealthReading | null = null;

  constructor(private readonly kept: number) {}

  add(reading: HealthReading, at: string): void {
    this.samples = [...this.samples, sampleOf(this.last, reading, at)].slice(-this.kept);
    this.last = reading;
  }

  list(): HealthSample[] {
    return [...this.samples];
  }
}
