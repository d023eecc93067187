/** `nobody`: the broker says that nobody answers to the name. `silent`: somebody may be there, but did not answer in time, or the broker did not. */
export type PresenceAnswer = 'present' | 'nobody' | 'silent';

export interface Announcement {
  /** Stops answering: others then hear `nobody`. */
  withdraw(): Promise<void>;
}

/** Lets processes ask one another whether they are there. A name is one token of `A-Z a-z 0-9 _ -`. */
export abstract class Presence {
  /** Answers for a name from now on, until the process ends or the announcement is withdrawn. */
  abstract announce(name: string): Promise<Announcement>;
  /** Asks whether somebody answers to a name. Never throws. */
  abstract ask(name: string, timeoutMs: number): Promise<PresenceAnswer>;
}
