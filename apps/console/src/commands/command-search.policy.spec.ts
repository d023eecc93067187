import type { CommandEntry } from './command-catalog.codec.js';
import { searchCommands } from './command-search.policy.js';

const commands = [
  { name: 'groupCreate', group: 'groups', meaning: 'Creates a group.' },
  { name: 'sendMessage', group: 'messages', meaning: 'Sends a text.' },
  { name: 'readMessages', group: 'messages', meaning: 'Marks messages as read.' }
] as unknown as CommandEntry[];
const names = (text: string): string[] => [...searchCommands(commands, text).values()].flat().map(({ name }) => name);

it.each([
  ['', ['groupCreate', 'sendMessage', 'readMessages']],
  ['SEND', ['sendMessage']],
  ['message read', ['readMessages']],
  ['groups', ['groupCreate']],
  ['nothing', []]
])('%j finds %j', (text, found) => {
  expect(names(text)).toEqual(found);
});
