import type { EventEmitter } from 'node:events';
import type { BinaryNode } from '@whiskeysockets/baileys';

export interface BacklogWatchdogParts {
  readonly limitMs: number;
  /** State that a session keeps from one connection to the next. */
  readonly memory: { backlogStalled: boolean };
  readonly figures: { announced(change: number): void };
  /** Called if the backlog did not end within the limit. The connection must be replaced, unless `again` is true. */
  readonly stalled: (again: boolean) => void;
}

/**
 * Watches whether WhatsApp delivers the whole backlog: WhatsApp announces its size at login (`offline_preview`) and reports its end (`offline`). A stanza that
 * WhatsApp considers unacknowledged blocks everything behind it, without an error, while pings are answered as usual (Baileys PR 2779).
 * The remedy is a new connection, once: if the backlog stalls there too, the session continues with the stanzas that do arrive.
 */
export class BacklogWatchdog {
  /** Whether this connection must be replaced. */
  gaveUp = false;
  private timer: NodeJS.Timeout | null = null;
  private waiting = 0;

  constructor(
    stanzas: EventEmitter,
    private readonly parts: BacklogWatchdogParts
  ) {
    stanzas.on('CB:success', () => this.begin());
    stanzas.on('CB:ib,,offline_preview', ({ content }: BinaryNode) => {
      const count = Array.isArray(content) ? Number(content[0]?.attrs['count']) : 0;
      this.announce(Number.isSafeInteger(count) && count > 0 ? count : 0);
    });
    stanzas.on('CB:ib,,offline', () => {
      this.stop();
      parts.memory.backlogStalled = false;
    });
  }

  stop(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.announce(0);
  }

  private begin(): void {
    this.stop();
    this.timer = setTimeout(() => this.expire(), this.parts.limitMs).unref();
  }

  private expire(): void {
    const { memory, stalled } = this.parts;
    const again = memory.backlogStalled;
    this.gaveUp = !again;
    memory.backlogStalled = true;
    stalled(again);
  }

  private announce(count: number): void {
    this.parts.figures.announced(count - this.waiting);
    this.waiting = count;
  }
}
