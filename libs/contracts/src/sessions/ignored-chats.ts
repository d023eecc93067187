/** The kinds of chats that a session can ignore: status posts, groups and communities, channels, and broadcast lists. */
export const IGNORABLE_CHATS = ['status', 'groups', 'channels', 'broadcasts'] as const;
export type IgnorableChats = (typeof IGNORABLE_CHATS)[number];

/** Returns the kind of a chat that can be ignored; `null` for a direct chat. */
export function ignorableKind(jid: string): IgnorableChats | null {
  if (jid === 'status@broadcast') return 'status';
  if (jid.endsWith('@broadcast')) return 'broadcasts';
  if (jid.endsWith('@g.us')) return 'groups';
  return jid.endsWith('@newsletter') ? 'channels' : null;
}
