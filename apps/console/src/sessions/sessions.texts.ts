export const sessionTexts = {
  about: 'Each session is one WhatsApp account, linked like a device.',
  create: 'New session',
  createIt: 'Create and link',
  id: 'Session id',
  idHint: 'Names the session in events, commands and addresses.',
  idWrong: '1 to 64 characters: A–Z, a–z, 0–9, _ and -',
  none: 'No sessions yet',
  noneHint: 'Create one, then link it with the phone: by QR code or by pairing code.',
  noneForYou: 'This token may not use any session.',
  gone: 'There is no session “{{session}}”',
  goneHint: 'It was deleted, or this token may not use it.',
  notLinked: 'Not linked to an account',
  scan: 'Scan the QR code',
  traffic: '{{received}} received · {{sent}} sent',
  search: 'Search by id, name or number',
  sort: 'Order',
  sorts: { trouble: 'Problems first', name: 'By id', recent: 'Last message first' },
  filter: 'State',
  all: 'All · {{count}}',
  noMatch: 'No session matches.',
  select: 'Select {{session}}',
  selectAll_one: 'Select {{count}} session',
  selectAll_other: 'Select all {{count}} sessions',
  bulk: {
    selected_one: '{{count}} session selected',
    selected_other: '{{count}} sessions selected',
    clear: 'Clear selection',
    label: 'Progress',
    progress: '{{done}} of {{all}} done',
    failed_one: '{{count}} session failed',
    failed_other: '{{count}} sessions failed',
    confirm: {
      stop_one: 'Stop {{count}} session?',
      stop_other: 'Stop {{count}} sessions?',
      restart_one: 'Restart {{count}} session?',
      restart_other: 'Restart {{count}} sessions?',
      text: 'Messages that arrive in the meantime are received afterwards.'
    }
  },
  more: 'More for {{session}}',
  wishOf: '{{wish}} {{session}}',
  deleting: 'Deleting',
  trouble: 'Not connected: {{reason}}, {{at}}',
  nextAttempt: 'Next attempt at {{at}}.',
  looping: 'The connection has kept dropping since {{at}}. Attempts continue, less often.',
  restriction: {
    title: 'WhatsApp restricts this account',
    until: 'It cannot start new chats until {{at}}. It can still answer people who wrote to it.',
    openEnd: 'It cannot start new chats for now. It can still answer people who wrote to it.',
    newChats: 'New chats: {{used}} of {{total}}',
    cycleEnd: 'Resets at {{at}}',
    label: 'Share of new chats used'
  },
  refusal: {
    until: 'WhatsApp refuses this account until {{at}}.',
    said: 'WhatsApp says: {{text}}',
    more: 'What WhatsApp says about it',
    restricted: 'The account was restricted when WhatsApp unlinked this device. The end of the restriction is not known.',
    restrictedUntil: 'The account was restricted until {{at}} when WhatsApp unlinked this device.',
    appeal: 'WhatsApp offered a review on {{at}}. Its token is in status.appeal of GET /api/sessions/{{session}}.',
    causes: {
      'too-many-people': 'The account wrote to too many people who do not have it as a contact.',
      'blocked-by-many': 'Too many people blocked the account.',
      'too-many-groups': 'The account created too many groups with people who do not have it as a contact.',
      'same-message': 'The account sent the same message too often.',
      'broadcast-list': 'The account sent too many messages to a broadcast list.'
    }
  },
  states: {
    stopped: 'Stopped',
    starting: 'Starting',
    connecting: 'Connecting',
    pairing: 'Pairing',
    open: 'Connected',
    waiting: 'Reconnecting',
    'logged-out': 'Logged out',
    failed: 'Failed'
  },
  desired: { running: 'Running', stopped: 'Stopped', 'logged-out': 'Logged out', deleted: 'Deleted' },
  wishes: { start: 'Start', stop: 'Stop', restart: 'Restart', logout: 'Log out', delete: 'Delete' },
  confirm: {
    start: { title: 'Start {{session}}?', text: 'The session connects to WhatsApp.' },
    stop: {
      title: 'Stop {{session}}?',
      text: 'The connection is closed. The session stays linked; messages wait at WhatsApp until it is started again.'
    },
    restart: { title: 'Restart {{session}}?', text: 'The connection is closed and opened again. The session stays linked.' },
    logout: {
      title: 'Log {{session}} out?',
      text: 'The device is unlinked from its account. To use the session again, link it again.'
    },
    delete: {
      title: 'Delete {{session}}?',
      text: 'The device is unlinked, and its credentials, settings, webhooks and past events are erased.'
    }
  },
  facts: {
    linked: 'Account',
    account: 'Phone number',
    name: 'Name',
    platform: 'Platform',
    life: 'Session',
    connector: 'Connector',
    nobody: 'none at the moment',
    epoch: 'Epoch',
    desired: 'Desired state',
    created: 'Created',
    lastInbound: 'Last data from WhatsApp',
    lastMessage: 'Last message received',
    clientVersion: 'WhatsApp Web version',
    clientExpires: 'Accepted by WhatsApp until',
    unannounced: 'not announced',
    snapshots: 'Credential snapshots',
    traffic: 'Traffic',
    messagesIn: 'Messages received',
    messagesOut: 'Messages sent',
    events: 'Events published',
    opens: 'Connections opened',
    reconnects: 'Reconnects'
  }
};
