import type { Account, Device } from '../accounts/account.js';
import type { Stanza } from '../stanza/stanza.js';
import type { World } from './world.js';

/** A parsed request of a companion. */
export interface IqRequest {
  world: World;
  /** The requesting device; `undefined` on a connection that is still pairing. */
  device: Device | undefined;
  account: Account | undefined;
  /** The whole `<iq>`. */
  stanza: Stanza;
  xmlns: string;
  type: 'get' | 'set';
  /** The tag of the first child, or '' without children. */
  tag: string;
  /** The `to` attribute: the server, a group, a user. */
  to: string;
}

/** Becomes `<iq type="result">` with these children, or `<iq type="error"><error code text/></iq>`. */
export type IqAnswer = { result: Stanza[] } | { error: { code: number; text: string } };

/** Answers one kind of iq. A rejection becomes error 500; a stanza that lacks required parts (`MalformedStanzaError`) becomes error 400. */
export type IqHandler = (request: IqRequest) => Promise<IqAnswer> | IqAnswer;

export const emptyResult: IqAnswer = { result: [] };

/** Error responses in WhatsApp's wording. */
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
