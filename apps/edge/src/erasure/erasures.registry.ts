import { Injectable } from '@nestjs/common';
import type { SessionId } from '@wabus/contracts';

/** Erases what one room keeps of a session that was deleted. Settles when all of it is gone; may be called again after it failed or was interrupted. */
export type Erasure = (session: SessionId) => Promise<void>;

/** What has to be erased before the name of a deleted session can be used again. Each room that keeps something adds its part. */
@Injectable()
export class Erasures {
  private readonly parts = new Map<string, Erasure>();
  private readonly listeners = new Set<(session: SessionId, epoch: number) => void>();

  add(part: string, erase: Erasure): void {
    this.parts.set(part, erase);
  }

  /** Calls the listener as soon as this edge learns that a session was deleted: its events up to that epoch must no longer be shown. */
  onGone(listener: (session: SessionId, epoch: number) => void): void {
    this.listeners.add(listener);
  }

  gone(session: SessionId, epoch: number): void {
    for (const listener of this.listeners) listener(session, epoch);
  }

  /**
   * Erases everything, one part after the other, each only while it is still wanted: another edge may have finished, and the name be used again. `false` when it was not wanted to the
   * end. Throws what a part throws.
   */
  async erase(session: SessionId, isWanted: () => Promise<boolean>): Promise<boolean> {
    for (const erase of this.parts.values()) {
      if (!(await isWanted())) return false;
      await erase(session);
    }
    return true;
  }
}
