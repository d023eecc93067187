import type { Stimulus, StimulusContext } from '../iq-contract.js';

/** A stimulus that works: what it does, and how. */
export function provokedBy(does: string, provoke: (context: StimulusContext) => Promise<string> | string): Stimulus {
  return { does, possible: true, provoke: async context => provoke(context) };
}

/** An event that the installed Baileys never emits, with the reason. */
export function neverEmitted(reason: string): Stimulus {
  return { does: reason, possible: false, provoke: () => Promise.reject(new Error(reason)) };
}
