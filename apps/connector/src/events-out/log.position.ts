import type { EventLog } from '@wabus/broker';
import { decodeCursor, encodeCursor, type Cursor, type CursorPosition } from '@wabus/contracts';

/** How far the log has come, as far as this process knows: whatever is published from now on lies behind it. */
export class LogPosition {
  private position: CursorPosition | null = null;

  constructor(private readonly log: EventLog) {}

  get cursor(): Cursor | null {
    return this.position && encodeCursor(this.position);
  }

  /** Asks the log. */
  async locate(): Promise<void> {
    const end = decodeCursor(await this.log.end());
    if (end && (this.position?.stream !== end.stream || this.position.sequence < end.sequence)) this.position = end;
  }

  /** The log has acknowledged an event. */
  note(sequence: number): void {
    if (this.position && this.position.sequence < sequence) this.position = { ...this.position, sequence };
  }
}
