import type { CommandName } from '@wabus/contracts';
import { ReactRequest, SendTextRequest, type Shortcut } from './shortcut.tool.js';

/**
 * The tools that a client sees unless it requests all, most common first. A client reads the definition of every listed tool at the start.
 * The other tools can still be called by name, and `run_command` runs the commands among them.
 */
export const SHORT_LIST: readonly string[] = [
  'send_text',
  'list_chats',
  'list_messages',
  'search_messages',
  'read_events',
  'list_sessions',
  'list_contacts',
  'list_commands',
  'describe_command',
  'run_command'
];

/**
 * The commands that are tools of their own: those that users request from an assistant. A client reads the definition of every tool at the
 * start, so the rest of the catalog is available through `list_commands`, `describe_command` and `run_command`.
 */
export const COMMAND_TOOLS = [
  'getSession',
  'createSession',
  'startSession',
  'stopSession',
  'restartSession',
  'getQr',
  'requestPairingCode',
  'getPasskey',
  'confirmPasskey',
  'cancelPasskey',
  'sendMessage',
  'readMessages',
  'chatModify',
  'sendPresenceUpdate',
  'onWhatsApp',
  'groupFetchAllParticipating',
  'groupMetadata',
  'groupCreate',
  'groupParticipantsUpdate'
] as const satisfies readonly CommandName[];

const shortcut = <Request extends object>(row: Shortcut<Request>): Shortcut => row;

/** Uses of `sendMessage` that need only a fraction of its arguments. */
export const SHORTCUTS: readonly Shortcut[] = [
  shortcut({
    name: 'send_text',
    meaning: 'Sends a text message to a person or a group. The recipient may see it before it can be deleted.',
    command: 'sendMessage',
    request: SendTextRequest,
    argsOf: ({ jid, text }) => ({ jid, content: { text } }),
    onlyAdds: true
  }),
  shortcut({
    name: 'react',
    meaning: 'Reacts to a message with an emoji, or removes the reaction.',
    command: 'sendMessage',
    request: ReactRequest,
    argsOf: ({ jid, messageId, emoji, fromMe = false, participant }) => ({
      jid,
      content: { react: { text: emoji, key: { remoteJid: jid, id: messageId, fromMe, participant } } }
    }),
    onlyAdds: false
  })
];
