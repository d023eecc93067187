import { ACCOUNT_COMMANDS } from '../commands/catalog/account.commands.js';
import { BUSINESS_COMMANDS } from '../commands/catalog/business.commands.js';
import { CHAT_COMMANDS } from '../commands/catalog/chats.commands.js';
import { COMMUNITY_COMMANDS } from '../commands/catalog/communities.commands.js';
import { ENGINE_COMMANDS } from '../commands/catalog/engine.commands.js';
import { GROUP_COMMANDS } from '../commands/catalog/groups.commands.js';
import { NEWSLETTER_COMMANDS } from '../commands/catalog/newsletters.commands.js';
import { COMMAND_CATALOG, type CommandName } from '../commands/command-catalog.js';

/** A group of related commands, as documents list them. */
export interface CommandGroup {
  readonly title: string;
  readonly text: string;
  readonly commands: readonly CommandName[];
}

const TEXTS = {
  Sessions: 'Create, link, start, stop and delete sessions.',
  Messages: 'Send messages and fetch their files.',
  'Chats and contacts': 'Mark and archive chats, look up people, send receipts and presence.',
  Groups: 'Groups, their members and their invitations.',
  Communities: 'Communities, their groups and their invitations.',
  Account: 'Profile, privacy, labels and quick replies.',
  Channels: 'Channels, which the API calls newsletters.',
  Business: 'Business profiles, catalogs and orders.',
  Protocol: 'Raw requests to WhatsApp.'
};
type Title = keyof typeof TEXTS;

const CATALOGS: readonly (readonly [Title, Readonly<Record<string, unknown>>])[] = [
  ['Chats and contacts', CHAT_COMMANDS],
  ['Groups', GROUP_COMMANDS],
  ['Communities', COMMUNITY_COMMANDS],
  ['Account', ACCOUNT_COMMANDS],
  ['Channels', NEWSLETTER_COMMANDS],
  ['Business', BUSINESS_COMMANDS],
  ['Protocol', ENGINE_COMMANDS]
];
/** Commands that documents list in a group other than that of their catalog. */
const ELSEWHERE: Partial<Record<CommandName, Title>> = {
  sendMessage: 'Messages',
  relayMessage: 'Messages',
  downloadMedia: 'Messages',
  updateMediaMessage: 'Messages',
  updateProfilePicture: 'Account',
  newsletterUpdatePicture: 'Channels',
  updateCoverPhoto: 'Business',
  productCreate: 'Business',
  productUpdate: 'Business'
};

function titleOf(name: CommandName): Title {
  return ELSEWHERE[name] ?? CATALOGS.find(([, rows]) => Object.hasOwn(rows, name))?.[0] ?? 'Sessions';
}

/** All commands, each in one group, in the order of the catalog. */
export const COMMAND_GROUPS: readonly CommandGroup[] = (Object.keys(TEXTS) as Title[]).map(title => ({
  title,
  text: TEXTS[title],
  commands: (Object.keys(COMMAND_CATALOG) as CommandName[]).filter(name => titleOf(name) === title)
}));
