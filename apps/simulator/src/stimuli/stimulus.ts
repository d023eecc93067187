import { randomBytes } from 'node:crypto';
import type { Account } from '../accounts/account.js';
import type { Group } from '../accounts/group.js';
import type { World } from '../world/world.js';

export interface StimulusContext {
  world: World;
  /** The account whose linked devices emit the event. */
  account: Account;
  /** The other side, if the event needs one. */
  contact: Account;
  /** Created on demand by `provoke` if the caller names none and the stimulus uses it. */
  group: Group;
}

/** One way to make Baileys emit one of its events. */
export interface Stimulus {
  /** One line on what the simulator does. */
  does: string;
  /** False if the installed Baileys never emits the event; `does` then contains the reason and `provoke` rejects. */
  possible: boolean;
  /** Triggers the stimulus for every linked device of the account; resolves with a note for humans. */
  provoke(context: StimulusContext): Promise<string>;
}

/** Returns a stimulus that works, with its description and implementation. */
export function provokedBy(does: string, provoke: (context: StimulusContext) => Promise<string> | string): Stimulus {
  return { does, possible: true, provoke: async context => provoke(context) };
}

/** Returns the stimulus for an event that the installed Baileys never emits, with the reason. */
export function neverEmitted(reason: string): Stimulus {
  return { does: reason, possible: false, provoke: () => Promise.reject(new Error(reason)) };
}

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64');

/** Returns the smallest possible picture, made unique by bytes after its end, which readers ignore. */
export function onePixelPng(): Buffer {
  return Buffer.concat([PNG, randomBytes(8)]);
}
