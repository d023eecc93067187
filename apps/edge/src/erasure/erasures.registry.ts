import { Injectable } from '@nestjs/common';
import type { SessionId } from '@wabus/contracts';

/** Erases the data of a deleted session in one room. Resolves when all of it is erased. May be called again after a failure or an interruption. */
export type Erasure = (session: SessionId) => Promise<void>;

/** The erasures that must finish before the name of a deleted session is available again. Each room that stores data registers its part. */
@Injectable()
export class Erasures {
  private readonly parts = new Map<string, Erasure>();
  private readonly listeners = new Set<(session: SessionId, epoch: number) => void>();

  add(part: string, erase: Erasure): void {
    this.parts.set(part, erase);
  }

  /** Calls the listener as soon as this edge learns that a session was deleted. Its events up to that epoch must no longer be shown. */
  onGone(listener: (session: SessionId, epoch: number) => void): void {
    this.listeners.add(listener);
  }

  gone(session: SessionId, epoch: number): void {
    for (const listener of this.listeners) listener(session, epoch);
  }

  /**
   * Erases all parts in sequence, each only while the erasure is still needed: another edge may have finished it, and the name may be in
   * use again. Returns `false` if it was not needed until the end. Throws the errors of the parts.
   */
  async erase(session: SessionId, isWanted: () => Promise<boolean>): Promise<boolean> {
    for (const erase of this.parts.values()) {
      if (!(await isWanted())) return false;
      await erase(session);
    }
    return true;
  }
}
