import type { WASocket } from '@whiskeysockets/baileys';
import type { Scope } from '../tokens/token-record.js';

/** One row of the command catalog. `Reply` exists only for the compiler. */
export interface CommandRow<Request extends object = object, Reply = unknown> {
  /**
   * What runs the command. `socket`: the connection of the session calls the Baileys method that has the name of the command, with the arguments in the order
   * of `parameters`. `owner`: the connector that owns the session. `registry`: the edge reads or edits the session's record.
   */
  readonly target: 'socket' | 'owner' | 'registry';
  /** The class that validates the arguments. */
  readonly request: new () => Request;
  /** The names of the arguments in order, for callers that pass an array, as Baileys' methods take them. */
  readonly parameters: readonly string[];
  readonly scope: Scope;
  /** How long the caller waits by default, in ms. */
  readonly deadlineMs: number;
  /** Whether running the command twice has the same effect as running it once. */
  readonly repeatable: boolean;
  /** Present if the command sends one message whose id is chosen in advance. If the command is repeated with the same id, the recipient sees one message. */
  readonly takesMessageId?: true;
  /** Present if the reply is a secret, which Wabus does not store, not even for an idempotency key. Only repeatable commands may have this field. */
  readonly secretReply?: true;
  readonly meaning: string;
  /**
   * How the Baileys method takes the fields. Missing: one argument for each field. `spread`: one argument for each item of the only field. `object`: all fields
   * in one object.
   */
  readonly pass?: 'spread' | 'object';
  /** Never set: it exists only for the type of the reply. */
  readonly reply?: Reply;
}

/** Types a row: `command<Reply>()({…})`. The target keeps its literal type, so that types can select commands by target. */
export const command =
  <Reply>() =>
  <Request extends object, const Target extends CommandRow['target']>(
    row: Omit<CommandRow<Request, Reply>, 'reply' | 'parameters' | 'target'> & {
      target: Target;
      parameters: readonly (keyof Request & string)[];
    }
  ): CommandRow<Request, Reply> & { readonly target: Target } =>
    row;

/** The names of the methods of a Baileys socket. */
export type SocketMethod = { [M in keyof WASocket]: WASocket[M] extends (...args: never[]) => unknown ? M : never }[keyof WASocket];

/** The value that a method of a socket resolves to. */
export type SocketReply<M extends SocketMethod> = Awaited<ReturnType<WASocket[M]>>;

type Arguments<Request, Names extends readonly (keyof Request)[]> = { -readonly [I in keyof Names]: Request[Names[I]] };

type PositionalRow<Request extends object, Names> = Pick<
  CommandRow<Request>,
  'request' | 'scope' | 'deadlineMs' | 'repeatable' | 'meaning'
> & {
  parameters: Names;
};

/** Types a row with the target `socket`. It does not compile unless the fields, in the order of `parameters`, match the parameters of the Baileys method. */
export const socketCommand =
  <M extends SocketMethod>() =>
  <Request extends object, const Names extends readonly (keyof Request & string)[]>(
    row: PositionalRow<Request, Names> &
      (Arguments<Request, Names> extends Partial<Parameters<WASocket[M]>> ? unknown : { parameters: Parameters<WASocket[M]> })
  ): CommandRow<Request, SocketReply<M>> & { readonly target: 'socket' } => ({ ...row, target: 'socket' });

/** Types a row for a method whose only parameter is a rest parameter. `parameters` names one list. */
export const spreadCommand =
  <M extends SocketMethod>() =>
  <Request extends object>(
    row: PositionalRow<Request, readonly [keyof Request & string]>
  ): CommandRow<Request, SocketReply<M>> & { readonly target: 'socket' } => ({ ...row, target: 'socket', pass: 'spread' });

/** A command that queries WhatsApp and changes nothing. */
export const READS = { scope: 'read', deadlineMs: 20_000, repeatable: true } as const;
/** A command that brings something into a desired state, so it is repeatable. */
export const SETS = { scope: 'send', deadlineMs: 20_000, repeatable: true } as const;
/** A command that creates or triggers something, so it is not repeatable. */
export const MAKES = { scope: 'send', deadlineMs: 20_000, repeatable: false } as const;
/** A command that requests data which arrives in events, and changes nothing. */
export const ASKS = { scope: 'read', deadlineMs: 20_000, repeatable: false } as const;
/** A command that changes the account itself, or releases something that the account cannot recover on its own: a membership, a channel or a product. */
export const CONFIGURES = { scope: 'control', deadlineMs: 20_000, repeatable: true } as const;
