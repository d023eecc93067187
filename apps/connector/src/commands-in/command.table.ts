import type { CommandReply, CommandRequest, OwnerCommand, SocketCommand } from '@wabus/contracts';
import type { MediaDesk } from '../media/media.desk.js';
import type { CommandTarget } from '../session/session-commands.js';

/** How a command is to be carried out. */
export interface CommandTerms {
  /** Aborted when it must end. */
  readonly signal: AbortSignal;
  /** The id that its message must have; `null` leaves it to the request or to chance. */
  readonly messageId: string | null;
  /** The idempotency key: the stages of its message are told with it, unless the request says otherwise. */
  readonly correlation: string | null;
  /** The files that commands name, and those of messages. */
  readonly media: MediaDesk;
}

/** Carries out one command whose arguments are valid. Throws `WabusError`. */
export type CommandCarrier<M extends OwnerCommand> = (
  target: CommandTarget,
  request: CommandRequest<M>,
  terms: CommandTerms
) => Promise<CommandReply<M>>;

/** Every command that the owner of a session carries out. One that the catalog has and this table has not is a compile error. */
export const COMMAND_TABLE: { readonly [M in OwnerCommand]: CommandCarrier<M> } = {
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
  downloadMedia: (target, { message }, { media }) => media.fetch(target.lease.session, target.connected().media(message))
};

export function isOwnerCommand(name: string): name is OwnerCommand {
  return Object.hasOwn(COMMAND_TABLE, name);
}

/** Carries out any command that does not belong to the registry; those that are methods of a socket need no row of their own. */
export async function carry<M extends OwnerCommand | SocketCommand>(
  method: M,
  target: CommandTarget,
  unopened: CommandRequest<M>,
  terms: CommandTerms
): Promise<unknown> {
  const request = await terms.media.opened(target.lease.session, unopened);
  if (!isOwnerCommand(method)) return target.connected().call(method, request, terms.correlation ?? undefined);
  const carrier = COMMAND_TABLE[method] as unknown as CommandCarrier<OwnerCommand>;
  return carrier(target, request, terms);
}
