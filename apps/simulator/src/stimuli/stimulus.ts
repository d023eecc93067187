import { randomBytes } from 'node:crypto';
import type { Stimulus, StimulusContext } from '../world/iq-request.js';

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64');

/** The smallest picture there is, made unique by bytes after its end, which readers ignore. */
export function onePixelPng(): Buffer {
  return Buffer.concat([PNG, randomBytes(8)]);
}

/** A stimulus that works: what it does, and how. */
export function provokedBy(does: string, provoke: (context: StimulusContext) => Promise<string> | string): Stimulus {
  return { does, possible: true, provoke: async context => provoke(context) };
}

/** An event that the installed Baileys never emits, with the reason. */
export function neverEmitted(reason: string): Stimulus {
  return { does: reason, possible: false, provoke: () => Promise.reject(new Error(reason)) };
}
