import type { EventEmitter } from 'node:events';
import type { BinaryNode } from '@whiskeysockets/baileys';

export interface BacklogWatchdogParts {
  readonly limitMs: number;
  /** What is remembered from one connection of a session to the next. */
  readonly memory: { backlogStalled: boolean };
  readonly figures: { announced(change: number): void };
  /** The backlog did not end within the limit. The first time, the connection must be replaced; `again` it must not. */
  readonly stalled: (again: boolean) => void;
}

/**
 * Watches whether WhatsApp delivers what it has kept: it says how much at login (`offline_preview`) and when that is over (`offline`). A stanza that it takes for
 * unacknowledged holds back everything behind it, without an error and with pings answered as usual (Baileys PR 2779).
 * A new connection is the answer once: when that one does not help either, the session continues with what comes.
 */
export class BacklogWatchdog {
  /** This connection must be replaced. */
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
