/** The tags of the document, which group its operations. */
export const TAGS = {
  sessions: 'The lifecycle of sessions.',
  messages: 'Sending and marking messages.',
  chats: 'Chats, their presence and their labels.',
  contacts: 'People.',
  account: 'Profile, privacy, labels and quick replies of the account.',
  groups: 'Groups and invitations to them.',
  communities: 'Communities and invitations to them.',
  newsletters: 'Channels.',
  business: 'Business profiles, catalogs, orders.',
  calls: 'Calls.',
  commands: 'Every command by its name.',
  events: 'Past and live events.',
  store: 'Chats, contacts, messages, groups and labels from the event log, without requests to WhatsApp.',
  webhooks: 'Webhooks: events that are sent to an address by POST.',
  subscriptions: 'Durable subscriptions.',
  tokens: 'Access tokens.',
  mcp: 'Tools for assistants (MCP).',
  connectors: 'Connectors and the sessions that they own.',
  documents: 'Documents for programs and people.',
  operation: 'For operators of the edge.'
};

const TAG_OF_FIRST_PART: Record<string, keyof typeof TAGS> = {
  messages: 'messages',
  chats: 'chats',
  presence: 'chats',
  contacts: 'contacts',
  blocklist: 'contacts',
  profile: 'account',
  privacy: 'account',
  account: 'account',
  labels: 'account',
  'quick-replies': 'account',
  groups: 'groups',
  'group-invites': 'groups',
  communities: 'communities',
  'community-invites': 'communities',
  newsletters: 'newsletters',
  'newsletter-invites': 'newsletters',
  business: 'business',
  bots: 'business',
  calls: 'calls',
  'call-links': 'calls'
};

/** Returns the tag of a resource, by the first part of its path below the session. */
export function tagOfResource(path: string): keyof typeof TAGS {
  return TAG_OF_FIRST_PART[path.split('/')[0]!] ?? 'sessions';
}
