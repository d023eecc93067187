import type { Breaker } from '../delivery/breaker.state.js';
import type { Marks } from './lanes.state.js';

/** How far a webhook is and how it does, as its edge writes it: the value of `progress.<id>`. */
export interface Progress {
  /** Of the start it belongs to; another one in the record means that it has to begin again. */
  readonly generation: number;
  /** The log that the sequences belong to. */
  readonly stream: string;
  readonly marks: Marks;
  readonly bulk: boolean;
  readonly breaker: Breaker;
  readonly delivered: number;
  readonly failedAttempts: number;
  readonly deadLetters: number;
}
