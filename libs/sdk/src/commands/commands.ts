import { COMMANDS, type CommandMethods, type CommandName } from '../generated/command.catalog.js';
import type { CommandSender, CommandOptions } from './command.client.js';

/**
 * Every command of the catalog as a method that takes the arguments in the order of Baileys and returns the data of the reply. The methods reject like
 * `WabusClient.command`.
 */
export interface Commands extends CommandMethods {
  /** Returns the same commands with options: `commands.with({ idempotencyKey: order.id }).sendMessage(…)`. */
  with(options: CommandOptions): Commands;
}

/** Returns the commands of a client as methods. */
export function commandsOf(client: CommandSender, options: CommandOptions = {}): Commands {
  const methods = Object.keys(COMMANDS).map(name => [
    name,
    (...args: unknown[]) => client.execute(name as CommandName, withoutHoles(args), options)
  ]);
  return { ...(Object.fromEntries(methods) as CommandMethods), with: further => commandsOf(client, { ...options, ...further }) };
}

/** Omits missing arguments at the end. */
function withoutHoles(args: readonly unknown[]): unknown[] {
  const sent = [...args];
  while (sent.length > 0 && sent.at(-1) === undefined) sent.pop();
  return sent;
}
