import type { ErrorCode, OwnerCommand } from '@wabus/contracts';

/** Counts answered commands. */
export abstract class CommandMetrics {
  abstract answered(method: OwnerCommand | 'unknown', outcome: 'ok' | ErrorCode, seconds: number): void;
}
