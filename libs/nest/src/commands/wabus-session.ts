import type { CommandMethods, CommandName, SendOptions } from '@wabus/sdk/catalog';

/** How one command is sent. */
export interface CallOptions {
  /** Your own key, 1 to 128 visible ASCII characters: the command is carried out once, however often it is sent with the same key within a day. */
  readonly idempotencyKey?: string;
  /** How long to wait, ms. The value of the catalog if missing. */
  readonly deadlineMs?: number;
}

/** Commands about the record of a session: edges carry them out over HTTP and Socket.IO, and no connector does. */
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

/** A command that the owner of a session carries out. */
export type OwnerCommandName = Exclude<CommandName, (typeof EDGE_COMMANDS)[number]>;

/** The commands whose last argument is an object of options: `idempotencyKey` and `deadlineMs` may be among them. */
type WithOptions = 'sendMessage';

/**
 * The commands of a session, with their arguments in the order of Baileys. Each rejects with a `WabusError`, which says by `retryable` whether the same may
 * succeed later, and by `certain` whether it surely did not happen.
 */
export interface WabusSession extends Pick<CommandMethods, Exclude<OwnerCommandName, WithOptions>> {
  /** Sends a message. The options of Baileys and of the call may stand side by side: `sendMessage(jid, { text: 'hi' }, { idempotencyKey: context.id })`. */
  sendMessage(
    jid: string,
    content: Parameters<CommandMethods['sendMessage']>[1],
    options?: (SendOptions & CallOptions) | null
  ): ReturnType<CommandMethods['sendMessage']>;
  /** The same commands with options: `session.with({ idempotencyKey: context.idempotencyKey('group') }).groupCreate(…)`. */
  with(options: CallOptions): WabusSession;
}

/** The place of the argument that may have options of the call. */
export const OPTIONS_AT: Readonly<Partial<Record<CommandName, number>>> = { sendMessage: 2 };

/** Arguments as they are sent: without missing ones at the end, and without options of the call, which are returned apart. */
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
