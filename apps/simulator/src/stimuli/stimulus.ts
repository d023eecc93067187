import { randomBytes } from 'node:crypto';
import type { Account } from '../accounts/account.js';
import type { Group } from '../accounts/group.js';
import type { World } from '../world/world.js';

export interface StimulusContext {
  world: World;
  /** Whose linked devices shall emit the event. */
  account: Account;
  /** The other side, where the event needs one. */
  contact: Account;
  /** Made on demand by `provoke` when the caller names none and the stimulus asks for it. */
  group: Group;
}

/** One way to make Baileys emit one of its events. */
export interface Stimulus {
  /** What the simulator does, one line. */
  does: string;
  /** False when the installed Baileys never emits it; `does` then says why and `provoke` rejects. */
  possible: boolean;
  /** Sets the stimulus off for every linked device of the account; answers a note for humans. */
  provoke(context: StimulusContext): Promise<string>;
}

/** A stimulus that works: what it does, and how. */
export function provokedBy(does: string, provoke: (context: StimulusContext) => Promise<string> | string): Stimulus {
  return { does, possible: true, provoke: async context => provoke(context) };
}

/** An event that the installed Baileys never emits, with the reason. */
export function neverEmitted(reason: string): Stimulus {
  return { does: reason, possible: false, provoke: () => Promise.reject(new Error(reason)) };
}

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64');

/** The smallest picture there is, made unique by bytes after its end, which readers ignore. */
export function onePixelPng(): Buffer {
  return Buffer.concat([PNG, randomBytes(8)]);
}
