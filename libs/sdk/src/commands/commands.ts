import { COMMANDS, type CommandMethods, type CommandName } from '../generated/command.catalog.js';
import type { CommandSender, CommandOptions } from './command.client.js';

/** Every command of the catalog as a method, with its arguments in the order of Baileys. */
export interface Commands extends CommandMethods {
  /** The same commands with options: `commands.with({ idempotencyKey: order.id }).sendMessage(…)`. */
  with(options: CommandOptions): Commands;
}

/** The commands of a client. */
export function commandsOf(client: CommandSender, options: CommandOptions = {}): Commands {
  const methods = Object.keys(COMMANDS).map(name => [
    name,
    (...args: unknown[]) => client.execute(name as CommandName, withoutHoles(args), options)
  ]);
  return { ...(Object.fromEntries(methods) as CommandMethods), with: further => commandsOf(client, { ...options, ...further }) };
}

/** Missing arguments at the end are not sent. */
function withoutHoles(args: readonly unknown[]): unknown[] {
  const sent = [...args];
  while (sent.length > 0 && sent.at(-1) === undefined) sent.pop();
  return sent;
}
