import type { CommandMethods, CommandName, SendOptions } from '@wabus/sdk/catalog';

/** The options of one command. */
export interface CallOptions {
  /** The idempotency key: 1 to 128 visible ASCII characters. The command runs once, however often it is sent with the same key within a day. Default: none. */
  readonly idempotencyKey?: string;
  /** How long to wait for the reply, in ms. Default: the value of the catalog for the command. */
  readonly deadlineMs?: number;
}

/** The commands about the record of a session. Edges run them over HTTP and Socket.IO; no connector does. */
export const EDGE_COMMANDS = [
  'createSession',
  'startSession',
  'stopSession',
  'restartSession',
  'logoutSession',
  'deleteSession',
  'getSession',
  'getQr'
] as const satisfies readonly CommandName[];

/** A command that the owner of a session runs. */
export type OwnerCommandName = Exclude<CommandName, (typeof EDGE_COMMANDS)[number]>;

/** The commands whose last argument is an object of options, which may include `idempotencyKey` and `deadlineMs`. */
type WithOptions = 'sendMessage';

/**
 * The commands of a session, with their arguments in the order of Baileys. Each returns the data of the reply, and rejects with a `WabusError` as
 * `WabusCommands.execute` does: `retryable` says whether the same command may succeed later, and `certain` whether it certainly had no effect.
 */
export interface WabusSession extends Pick<CommandMethods, Exclude<OwnerCommandName, WithOptions>> {
  /**
   * Sends a message. The options of Baileys and those of the call may be combined in one object:
   * `sendMessage(jid, { text: 'hi' }, { idempotencyKey: context.id })`.
   */
  sendMessage(
    jid: string,
    content: Parameters<CommandMethods['sendMessage']>[1],
    options?: (SendOptions & CallOptions) | null
  ): ReturnType<CommandMethods['sendMessage']>;
  /** Returns the same commands with options: `session.with({ idempotencyKey: context.idempotencyKey('group') }).groupCreate(…)`. */
  with(options: CallOptions): WabusSession;
}

/** The position of the argument that may contain options of the call. */
export const OPTIONS_AT: Readonly<Partial<Record<CommandName, number>>> = { sendMessage: 2 };

/** Separates the arguments to send, without missing ones at the end, from the options of the call. */
export function splitArguments(
  method: CommandName,
  given: readonly unknown[]
): { readonly args: unknown[]; readonly options: CallOptions } {
  const args = [...given];
  const at = OPTIONS_AT[method];
  const last = at === undefined ? undefined : args[at];
  let options: CallOptions = {};
  if (at !== undefined && typeof last === 'object' && last !== null) {
    const { idempotencyKey, deadlineMs, ...rest } = last as CallOptions;
    options = { ...(idempotencyKey === undefined ? {} : { idempotencyKey }), ...(deadlineMs === undefined ? {} : { deadlineMs }) };
    args[at] = Object.keys(rest).length === 0 ? undefined : rest;
  }
  while (args.length > 0 && args.at(-1) === undefined) args.pop();
  return { args, options };
}
