import type { Account, Device } from '../accounts/account.js';
import type { Group } from '../accounts/group.js';
import type { Stanza } from '../stanza/stanza.js';
import type { World } from './world.js';

/** A question of a companion, taken apart. */
export interface IqRequest {
  world: World;
  /** Who asks; `undefined` on a connection that is still pairing. */
  device: Device | undefined;
  account: Account | undefined;
  /** The whole `<iq>`. */
  stanza: Stanza;
  xmlns: string;
  type: 'get' | 'set';
  /** The tag of the first child, '' when there is none. */
  tag: string;
  /** The `to` attribute: the server, a group, a user. */
  to: string;
}

/** Becomes `<iq type="result">` with these children, or `<iq type="error"><error code text/></iq>`. */
export type IqAnswer = { result: Stanza[] } | { error: { code: number; text: string } };

/** Answers one kind of iq. A rejection becomes error 500; a stanza that lacks required parts (`MalformedStanzaError`) becomes error 400. */
export type IqHandler = (request: IqRequest) => Promise<IqAnswer> | IqAnswer;

export const emptyResult: IqAnswer = { result: [] };

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

/** Error answers as WhatsApp words them. */
export const iqRefusal = {
  badRequest: { error: { code: 400, text: 'bad-request' } },
  notAuthorized: { error: { code: 401, text: 'not-authorized' } },
  forbidden: { error: { code: 403, text: 'forbidden' } },
  notFound: { error: { code: 404, text: 'item-not-found' } },
  notAcceptable: { error: { code: 406, text: 'not-acceptable' } },
  conflict: { error: { code: 409, text: 'conflict' } },
  gone: { error: { code: 410, text: 'gone' } },
  rateOverLimit: { error: { code: 429, text: 'rate-overlimit' } }
} as const satisfies Record<string, IqAnswer>;
