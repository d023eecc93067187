import type { CommandEntry } from './command-catalog.codec.js';

/** Returns the commands whose name, group or description contains every word, by group. */
export function searchCommands(commands: readonly CommandEntry[], text: string): Map<string, CommandEntry[]> {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const found = commands.filter(({ name, group, meaning }) => {
    const all = `${name} ${group} ${meaning}`.toLowerCase();
    return words.every(word => all.includes(word));
  });
  const groups = new Map<string, CommandEntry[]>();
  for (const command of found) groups.set(command.group, [...(groups.get(command.group) ?? []), command]);
  return groups;
}
