/** Kinds of chats that a session may leave out: posts of contacts, groups and communities, channels, and broadcast lists. */
export const IGNORABLE_CHATS = ['status', 'groups', 'channels', 'broadcasts'] as const;
export type IgnorableChats = (typeof IGNORABLE_CHATS)[number];

/** The kind of a chat that may be left out, `null` for that of a person. */
export function ignorableKind(jid: string): IgnorableChats | null {
  if (jid === 'status@broadcast') return 'status';
  if (jid.endsWith('@broadcast')) return 'broadcasts';
  if (jid.endsWith('@g.us')) return 'groups';
  return jid.endsWith('@newsletter') ? 'channels' : null;
}
