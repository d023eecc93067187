// @ts-check
/** The pictures that the console's tests take, and the copies of some of them in the documents. */

/** The combinations of width and color scheme, which `apps/e2e/src/console/picture.writer.ts` uses in file names. */
export const VIEWS = ['wide-light', 'wide-dark', 'phone-light', 'phone-dark'];

/** The pictures for reviewers: every page, and states that are visible only for a moment. */
export const PICTURES = [
  ...['login', 'login-pt-BR', 'login-es', 'first-steps', 'pairing-code', 'pairing-qr', 'passkey'],
  ...[
    'sessions',
    'sessions-bulk',
    'sessions-many',
    'sessions-many-bulk',
    'session',
    'session-linked',
    'session-settings',
    'session-settings-fault',
    'session-settings-restart'
  ],
  ...['session-import', 'chats', 'chats-unread', 'chats-search', 'chat', 'chat-conversation', 'chat-actions', 'chat-voice'],
  ...['chat-german', 'chat-pt-BR', 'chat-es', 'events', 'events-live', 'events-of-a-session', 'events-unfolded', 'event', 'event-snippets'],
  ...['webhooks', 'webhooks-several', 'webhook', 'webhook-attempts', 'webhook-attempt', 'webhook-delivery', 'webhook-dead-letters'],
  ...[
    'webhook-form',
    'webhook-form-sending',
    'webhook-secret',
    'subscriptions',
    'subscriptions-dead',
    'subscription',
    'subscription-letter'
  ],
  ...[
    'commands',
    'command',
    'command-fault',
    'command-run',
    'tokens',
    'token-form',
    'token-made',
    'connectors',
    'connectors-unfolded',
    'connectors-versions',
    'health',
    'offline'
  ],
  'not-found'
];

/** The pictures in documents, by their paths in the repository. All of them have the size `COPY_SIZE`. */
export const COPIES = { 'docs/pictures/console.png': 'readme', 'docs/pictures/passkey-devtools.png': 'passkey-devtools' };
export const COPY_SIZE = { width: 1280, height: 800 };
