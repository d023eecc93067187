import type { WASocket } from '@whiskeysockets/baileys';
import type { Scope } from '../tokens/token-record.js';

/** One row of the command catalog. `Reply` is known to the compiler only. */
export interface CommandRow<Request extends object = object, Reply = unknown> {
  /**
   * Who carries it out. `socket`: the connection of the session, by the method of Baileys that has the name of the command, with the arguments in the order of
   * `parameters`. `owner`: the connector that owns the session. `registry`: the edge reads or edits the session's record.
   */
  readonly target: 'socket' | 'owner' | 'registry';
  /** Validated class of the arguments. */
  readonly request: new () => Request;
  /** Names of the arguments in order, for callers that pass them as an array as Baileys' methods do. */
  readonly parameters: readonly string[];
  readonly scope: Scope;
  /** How long the caller waits by default. */
  readonly deadlineMs: number;
  /** Running it twice has the effect of running it once. */
  readonly repeatable: boolean;
  /** It sends one message whose id is chosen in advance: if it is repeated with the same id, the recipient sees one message. */
  readonly takesMessageId?: true;
  /** Its reply is a secret: it is stored nowhere, not even for an idempotency key. Repeatable commands only. */
  readonly secretReply?: true;
  readonly meaning: string;
  /**
   * How the method of Baileys takes the fields: one after another (when missing), the items of the only one one after another (`spread`), or all in one object.
   */
  readonly pass?: 'spread' | 'object';
  /** Never present: carries the type of the reply. */
  readonly reply?: Reply;
}

/** Types a row: `command<Reply>()({…})`. Keeps the target as its own type, so that commands can be told apart by it. */
export const command =
  <Reply>() =>
  <Request extends object, const Target extends CommandRow['target']>(
    row: Omit<CommandRow<Request, Reply>, 'reply' | 'parameters' | 'target'> & {
      target: Target;
      parameters: readonly (keyof Request & string)[];
    }
  ): CommandRow<Request, Reply> & { readonly target: Target } =>
    row;

/** Methods of a socket of Baileys. */
export type SocketMethod = { [M in keyof WASocket]: WASocket[M] extends (...args: never[]) => unknown ? M : never }[keyof WASocket];

/** What a method of a socket settles with. */
export type SocketReply<M extends SocketMethod> = Awaited<ReturnType<WASocket[M]>>;

type Arguments<Request, Names extends readonly (keyof Request)[]> = { -readonly [I in keyof Names]: Request[Names[I]] };

type PositionalRow<Request extends object, Names> = Pick<
  CommandRow<Request>,
  'request' | 'scope' | 'deadlineMs' | 'repeatable' | 'meaning'
> & {
  parameters: Names;
};

/** Types a row of target `socket`: does not compile unless the fields, in the order of `parameters`, are what the method of Baileys takes. */
export const socketCommand =
  <M extends SocketMethod>() =>
  <Request extends object, const Names extends readonly (keyof Request & string)[]>(
    row: PositionalRow<Request, Names> &
      (Arguments<Request, Names> extends Partial<Parameters<WASocket[M]>> ? unknown : { parameters: Parameters<WASocket[M]> })
  ): CommandRow<Request, SocketReply<M>> & { readonly target: 'socket' } => ({ ...row, target: 'socket' });

/** The same for a method whose only parameter is a rest parameter: `parameters` names one list. */
export const spreadCommand =
  <M extends SocketMethod>() =>
  <Request extends object>(
    row: PositionalRow<Request, readonly [keyof Request & string]>
  ): CommandRow<Request, SocketReply<M>> & { readonly target: 'socket' } => ({ ...row, target: 'socket', pass: 'spread' });

/** Asks WhatsApp and changes nothing. */
export const READS = { scope: 'read', deadlineMs: 20_000, repeatable: true } as const;
/** Changes something to a desired state: repeatable. */
export const SETS = { scope: 'send', deadlineMs: 20_000, repeatable: true } as const;
/** Creates or triggers something: not repeatable. */
export const MAKES = { scope: 'send', deadlineMs: 20_000, repeatable: false } as const;
/** Requests something that arrives as events, and changes nothing. */
export const ASKS = { scope: 'read', deadlineMs: 20_000, repeatable: false } as const;
/** Changes the account itself, or gives up something it cannot get back on its own: a membership, a channel, a product. */
export const CONFIGURES = { scope: 'control', deadlineMs: 20_000, repeatable: true } as const;
