import {
  requireReachable,
  WabusError,
  type CommandReply,
  type CommandRequest,
  type OwnerCommand,
  type SocketCommand
} from '@wabus/contracts';
import type { SessionMediaService } from '../media/session-media.service.js';
import type { CommandTarget } from '../session/session-commands.js';

/** The conditions under which a command runs. */
export interface CommandTerms {
  /** Aborted at the deadline. */
  readonly signal: AbortSignal;
  /** The id that its message must have; `null` if the request decides, or the id is random. */
  readonly messageId: string | null;
  /** The idempotency key: it becomes the correlation id of the message's stages, unless the request contains another. */
  readonly correlation: string | null;
  /** The files that commands reference, and those of messages. */
  readonly media: SessionMediaService;
}

/** Runs one command with validated arguments. Throws `WabusError`. */
export type CommandHandler<M extends OwnerCommand> = (
  target: CommandTarget,
  request: CommandRequest<M>,
  terms: CommandTerms
) => Promise<CommandReply<M>>;

/** Every command that the owner of a session runs. A catalog command that is missing here is a compile error. */
export const COMMAND_TABLE: { readonly [M in OwnerCommand]: CommandHandler<M> } = {
  sendMessage: (target, { jid, content, options }, { signal, messageId, correlation }) =>
    target.connected().sendMessage({
      jid,
      content,
      options,
      messageId: messageId ?? options?.messageId,
      correlation: correlation ?? undefined,
      signal
    }),
  requestPairingCode: (target, { phoneNumber, customCode }, { signal }) => target.requestPairingCode({ phoneNumber, customCode, signal }),
  getPasskey: ({ passkey }, { link = false }) => Promise.resolve(passkey.get(link)),
  submitPasskeyAssertion: ({ passkey }, { assertion }, { signal }) => passkey.submit(assertion, signal),
  confirmPasskey: ({ passkey }, { equal }) => passkey.confirm(equal),
  cancelPasskey: ({ passkey }) => Promise.resolve(passkey.cancel()),
  restoreSession: target => target.restore(),
  resetContactSession: async (target, { jid }) => ({ sessions: await target.connected().resetContactSession(jid) }),
  downloadMedia: (target, { message }, { media }) => media.fetch(target.lease.session, target.connected().media(message))
};

export function isOwnerCommand(name: string): name is OwnerCommand {
  return Object.hasOwn(COMMAND_TABLE, name);
}

/** A command with validated arguments, and its session. */
export interface OwnedCommand {
  readonly method: OwnerCommand | SocketCommand;
  readonly target: CommandTarget;
  readonly request: object;
}

/**
 * Runs any command that is not handled by the registry; a socket method needs no row of its own.
 * @throws {WabusError} `NO_OWNER` if the lease is lost, and the errors of the command
 */
export async function dispatch({ method, target, request }: OwnedCommand, terms: CommandTerms): Promise<unknown> {
  if (!target.lease.isValid()) throw new WabusError('NO_OWNER');
  requireReachable(method, request);
  // Until now only files were read, so the failure is certain.
  const opened = await terms.media.opened(target.lease.session, request).catch((thrown: unknown) => {
    throw WabusError.beforeEffect(thrown);
  });
  if (!isOwnerCommand(method)) return target.connected().call(method, opened, terms.correlation ?? undefined);
  const handler = COMMAND_TABLE[method] as CommandHandler<never>;
  return handler(target, opened as never, terms);
}
