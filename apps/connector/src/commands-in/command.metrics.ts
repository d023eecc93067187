import type { CommandName, ErrorCode } from '@wabus/contracts';

/** Counts answered commands. */
export abstract class CommandMetrics {
  abstract answered(method: CommandName | 'unknown', outcome: 'ok' | ErrorCode, seconds: number): void;
}
