import type { ErrorCode } from '../errors/error-codes.js';
import type { HttpVerb } from './command-routes.table.js';
import { CONNECTION_ROUTES } from './connection-routes.table.js';
import type { EdgeRoute } from './edge-route.js';
import { MEDIA_ROUTES } from './media-routes.table.js';

const OPEN: readonly ErrorCode[] = [];
const ANY: readonly ErrorCode[] = ['UNAUTHORIZED', 'FORBIDDEN', 'RATE_LIMITED', 'INVALID_REQUEST', 'BROKER_UNAVAILABLE', 'INTERNAL'];
const NAMED: readonly ErrorCode[] = [...ANY, 'NOT_FOUND'];

const EVENT_QUERY = {
  events: 'Names of events, families such as `messages.*`, or `*`; repeated or between commas. All that the token permits when missing.',
  since: 'A cursor, or an ISO time. The oldest event there is when missing; live events only for Server-Sent Events.',
  until: 'A cursor, or an ISO time. Not for Server-Sent Events.',
  limit: 'Events of one page, 1 to 1,000; 100 when missing.',
  chats: 'Only events about these jids; repeated or between commas.'
};
const EVENT_HEADERS = {
  'Last-Event-ID': 'With Server-Sent Events: the cursor of the last event that came, which `EventSource` sends automatically.'
};
const EVENT_REPLY = { schema: 'EventPage', contentTypes: ['application/json', 'application/x-ndjson', 'text/event-stream'] };
const EVENT_ERRORS: readonly ErrorCode[] = [...ANY, 'UNKNOWN_EVENT', 'LIMIT_REACHED'];

const EVENTS: readonly EdgeRoute[] = [
  {
    verb: 'GET',
    path: '/api/events',
    tag: 'events',
    meaning:
      'Events by the `Accept` header: a page of the past as JSON, all of the past as NDJSON, past and present as Server-Sent Events.',
    scope: 'read',
    query: { ...EVENT_QUERY, sessions: 'Ids of sessions; repeated or between commas. All that the token permits when missing.' },
    headers: EVENT_HEADERS,
    reply: EVENT_REPLY,
    errors: EVENT_ERRORS
  },
  {
    verb: 'GET',
    path: '/api/sessions/{session}/events',
    tag: 'events',
    meaning: 'The same of one session.',
    scope: 'read',
    query: EVENT_QUERY,
    headers: EVENT_HEADERS,
    reply: EVENT_REPLY,
    errors: EVENT_ERRORS
  }
];

const SESSIONS: readonly EdgeRoute[] = [
  {
    verb: 'GET',
    path: '/api/sessions',
    tag: 'sessions',
    meaning: 'The sessions that the token may reach.',
    scope: 'read',
    reply: { type: '{sessions: SessionView[]}' },
    errors: ANY
  },
  {
    verb: 'POST',
    path: '/api/sessions',
    tag: 'sessions',
    meaning: 'Creates a session and starts it. It shows a QR code until it is linked.',
    scope: 'control',
    body: { schema: 'CreateSession', example: { session: 'sales' }, required: true },
    status: 201,
    reply: { schema: 'SessionView' },
    errors: [...ANY, 'SESSION_EXISTS', 'TIMEOUT']
  },
  {
    verb: 'POST',
    path: '/api/sessions/{session}/import',
    tag: 'sessions',
    meaning:
      'Takes a linked device over from another gateway, in the neutral form of docs/migrate/import.md. The session is created when there is none; it must have no account. Everything is checked before anything is written. Stop the old gateway first, and never start it again with this session.',
    scope: 'control',
    query: { dryRun: '`true`: checks, and says what would be done. The session must exist.' },
    body: { contentTypes: ['application/x-ndjson'], required: true },
    reply: { type: 'ImportReport', contentTypes: ['application/json', 'application/x-ndjson'] },
    errors: [...ANY, 'UNKNOWN_SESSION', 'ALREADY_PAIRED', 'NO_OWNER', 'NOT_CONNECTED', 'LIMIT_REACHED', 'PAYLOAD_TOO_LARGE', 'TIMEOUT']
  },
  {
    verb: 'POST',
    path: '/api/sessions/{session}/export',
    tag: 'sessions',
    meaning:
      'The credentials and keys of a stopped session in the neutral form. Whoever has them is this linked device. Off unless `WABUS_CREDENTIALS_EXPORT` permits it.',
    scope: 'control',
    reply: { contentTypes: ['application/x-ndjson'] },
    errors: [...ANY, 'UNKNOWN_SESSION', 'NOT_PAIRED', 'NO_OWNER', 'TIMEOUT']
  },
  {
    verb: 'GET',
    path: '/api/sessions/{session}/status',
    tag: 'sessions',
    meaning: 'The observed state of the session.',
    scope: 'read',
    reply: { schema: 'SessionStatus' },
    errors: [...ANY, 'UNKNOWN_SESSION']
  },
  {
    verb: 'GET',
    path: '/api/sessions/{session}/qr',
    tag: 'sessions',
    meaning: 'The QR code to scan, as a document of its own; `Wabus-Qr-Ttl-Ms` says how long it stays valid.',
    scope: 'control',
    query: { format: '`raw` (when missing), `svg`, `png` or `terminal`.' },
    reply: { contentTypes: ['text/plain', 'image/svg+xml', 'image/png'] },
    errors: [...ANY, 'INVALID_ARGUMENTS', 'UNKNOWN_SESSION', 'QR_NOT_AVAILABLE', 'ALREADY_PAIRED']
  }
];

const WEBHOOK_ERRORS: readonly ErrorCode[] = [...NAMED, 'INVALID_ARGUMENTS', 'EGRESS_DENIED', 'LIMIT_REACHED'];

function webhookRoutes(base: string): EdgeRoute[] {
  const of = (verb: HttpVerb, path: string, meaning: string, rest: Partial<EdgeRoute> = {}): EdgeRoute => ({
    verb,
    path: `${base}/webhooks${path}`,
    tag: 'webhooks',
    meaning,
    scope: 'control',
    errors: WEBHOOK_ERRORS,
    ...rest
  });
  const view = { reply: { type: 'WebhookView' } };
  return [
    of('GET', '', 'The webhooks.', { reply: { type: '{webhooks: WebhookView[]}' } }),
    of('POST', '', 'A new webhook. Its secret is in this answer only.', {
      body: {
        schema: 'CreateWebhookRequest',
        example: { url: 'https://example.com/wabus', events: ['messages.*'] },
        required: true
      },
      status: 201,
      reply: { type: 'CreatedWebhook' }
    }),
    of('GET', '/{id}', 'One webhook.', view),
    of('PATCH', '/{id}', 'Changes a webhook. Fields that are missing stay.', {
      body: { schema: 'UpdateWebhookRequest', example: { paused: true }, required: true },
      ...view
    }),
    of('DELETE', '/{id}', 'Removes a webhook.', { status: 204 }),
    of('POST', '/{id}/pause', 'Delivers nothing until it is resumed.', view),
    of('POST', '/{id}/resume', 'Delivers again, beginning where it stopped.', view),
    of('POST', '/{id}/test', 'Sends one test delivery now.', { reply: { type: 'TestDelivery' } }),
    of('GET', '/{id}/deliveries', 'The latest attempts.', { reply: { type: '{deliveries: AttemptView[]}' } }),
    of('GET', '/{id}/dead-letters', 'Events that it has given up on.', { reply: { type: '{deadLetters: DeadLetterView[]}' } }),
    of('POST', '/{id}/dead-letters/redrive', 'Delivers dead letters after all; every one without `letters`.', {
      body: { schema: 'RedriveRequest', example: { letters: ['12'] }, required: false },
      status: 202,
      reply: { type: '{redriving: number}' }
    }),
    of('POST', '/{id}/dead-letters/{letter}/redrive', 'Delivers one dead letter after all.', {
      status: 202,
      reply: { type: '{redriving: number}' }
    })
  ];
}

const SUBSCRIPTIONS: readonly EdgeRoute[] = (
  [
    ['GET', '', 'The durable subscriptions.', { reply: { type: '{subscriptions: SubscriptionView[]}' } }],
    ['GET', '/{name}', 'One durable subscription.', { reply: { type: 'SubscriptionView' } }],
    ['DELETE', '/{name}', 'Removes a durable subscription.', { reply: { schema: 'DurableSubscription' } }],
    [
      'GET',
      '/{name}/dead-letters',
      'Events that it has given up on.',
      {
        query: { after: 'The number of the last letter of the page before.', limit: 'Letters of one page, 1 to 100; 50 when missing.' },
        reply: { type: 'DeadLetterPage' }
      }
    ],
    [
      'POST',
      '/{name}/dead-letters/redrive',
      'Delivers dead letters again; all of them without a body.',
      { body: { example: { letters: [1, 2] }, required: false }, reply: { type: '{redriven: number}' } }
    ]
  ] satisfies [HttpVerb, string, string, Partial<EdgeRoute>][]
).map(([verb, path, meaning, rest]) => ({
  verb,
  path: `/api/subscriptions${path}`,
  tag: 'subscriptions',
  meaning,
  scope: 'read',
  errors: NAMED,
  ...rest
}));

const TOKENS: readonly EdgeRoute[] = (
  [
    ['GET', '', 'The access tokens, without their texts.', { reply: { type: '{tokens: TokenView[]}' } }],
    [
      'POST',
      '',
      'A new access token. Its text is in this answer only.',
      {
        body: { example: { name: 'dashboard', scopes: ['read'], sessions: ['sales'] }, required: true },
        status: 201,
        reply: { type: 'IssuedToken' }
      }
    ],
    ['GET', '/denied', 'The JWTs that are refused although their signature holds.', { reply: { type: '{denied: TokenDenial[]}' } }],
    [
      'POST',
      '/denied',
      'Revokes JWTs: one by its `jti`, or all that were issued to a `subject` until now.',
      { body: { example: { subject: 'somebody' }, required: true }, reply: { type: 'TokenDenial' } }
    ],
    ['DELETE', '/denied/{id}', 'Takes such a refusal back.', { reply: { type: 'TokenDenial' } }],
    ['DELETE', '/{id}', 'Revokes an access token.', { reply: { type: 'TokenView' } }]
  ] satisfies [HttpVerb, string, string, Partial<EdgeRoute>][]
).map(([verb, path, meaning, rest]) => ({
  verb,
  path: `/api/tokens${path}`,
  tag: 'tokens',
  meaning,
  scope: 'admin',
  errors: NAMED,
  ...rest
}));

const MCP: readonly EdgeRoute[] = [
  {
    verb: 'POST',
    path: '/api/mcp',
    tag: 'mcp',
    meaning: 'One message of an MCP client (Streamable HTTP, without sessions); `docs/mcp.md` tells which tools there are.',
    // What a message takes depends on the tool in it.
    scope: 'read',
    body: { example: { jsonrpc: '2.0', id: 1, method: 'tools/list' }, required: true },
    reply: { type: 'JSONRPCResponse' },
    errors: [...ANY, 'LIMIT_REACHED', 'PAYLOAD_TOO_LARGE']
  }
];

const PRINCIPAL: EdgeRoute = {
  verb: 'GET',
  path: '/api/principal',
  tag: 'tokens',
  meaning: 'What the token of the request permits.',
  scope: 'any',
  reply: { type: 'PrincipalView' },
  errors: ['UNAUTHORIZED', 'RATE_LIMITED', 'INTERNAL']
};

const CONNECTORS: EdgeRoute = {
  verb: 'GET',
  path: '/api/connectors',
  tag: 'connectors',
  meaning: 'The connectors that own sessions, and which; and the sessions that nobody runs.',
  scope: 'admin',
  reply: { type: 'OwnershipView' },
  errors: ANY
};

const open = (path: string, tag: EdgeRoute['tag'], meaning: string, reply: EdgeRoute['reply'] = {}): EdgeRoute => ({
  verb: 'GET',
  path,
  tag,
  meaning,
  scope: null,
  reply,
  errors: OPEN
});

const LIST_QUERY = {
  query: 'Only what holds this text, whatever the case: in its name or number.',
  cursor: 'The field `next` of the page before.',
  limit: 'Items of one page, 1 to 200; 50 when missing.'
};

const REBUILD: Partial<EdgeRoute> = { scope: 'admin', body: { example: { discard: false }, required: false }, status: 202 };

const STORE: readonly EdgeRoute[] = (
  [
    [
      'GET',
      '/api/sessions/{session}/store/chats',
      'The chats, newest message first.',
      { query: LIST_QUERY, reply: { type: 'ModelPage<ChatView>' } }
    ],
    ['GET', '/api/sessions/{session}/store/chats/{jid}', 'One chat, by either jid.', { reply: { type: 'ChatView' } }],
    [
      'GET',
      '/api/sessions/{session}/store/chats/{jid}/messages',
      'The messages of a chat, newest first, by either jid.',
      { query: { before: LIST_QUERY.cursor, limit: LIST_QUERY.limit }, reply: { type: 'ModelPage<StoredMessageView>' } }
    ],
    [
      'GET',
      '/api/sessions/{session}/store/messages/search',
      'Messages whose text holds the query, newest first.',
      {
        query: { ...LIST_QUERY, query: 'The text that is looked for, whatever the case. Required.' },
        reply: { type: 'ModelPage<StoredMessageView>' }
      }
    ],
    [
      'GET',
      '/api/sessions/{session}/store/contacts',
      'The contacts, by name.',
      { query: LIST_QUERY, reply: { type: 'ModelPage<ContactView>' } }
    ],
    ['GET', '/api/sessions/{session}/store/contacts/{jid}', 'One contact, by either jid.', { reply: { type: 'ContactView' } }],
    [
      'GET',
      '/api/sessions/{session}/store/groups',
      'The groups, by subject.',
      { query: LIST_QUERY, reply: { type: 'ModelPage<GroupView>' } }
    ],
    ['GET', '/api/sessions/{session}/store/groups/{jid}', 'One group.', { reply: { type: 'GroupView' } }],
    ['GET', '/api/sessions/{session}/store/labels', 'The labels, by name.', { query: LIST_QUERY, reply: { type: 'ModelPage<LabelView>' } }],
    [
      'GET',
      '/api/sessions/{session}/store/lid-map/{jid}',
      'LID and phone number of a person, by either.',
      { reply: { type: 'LidMapView' } }
    ],
    [
      'GET',
      '/api/sessions/{session}/models',
      'How far the read models are, and whether a rebuild runs.',
      { reply: { type: 'ModelStatus' } }
    ],
    [
      'POST',
      '/api/sessions/{session}/models/rebuild',
      'Makes the read models again from the event log; with `discard` also without what the log no longer explains.',
      { ...REBUILD, reply: { type: 'RebuildView' } }
    ],
    [
      'POST',
      '/api/models/rebuild',
      'The same of every session that the token may reach.',
      { ...REBUILD, reply: { type: '{sessions: SessionId[]}' } }
    ]
  ] satisfies [HttpVerb, string, string, Partial<EdgeRoute>][]
).map(([verb, path, meaning, rest]) => ({
  verb,
  path,
  tag: 'store',
  meaning,
  scope: 'read',
  errors: [...NAMED, 'UNKNOWN_SESSION', 'LIMIT_REACHED'],
  ...rest
}));

const PASSKEY_LINK: readonly EdgeRoute[] = (
  [
    [
      'GET',
      '',
      'The one-time address of a link by passkey: what to sign, and how far the link is; a page without scripts for browsers.',
      { reply: { type: 'PasskeyView', contentTypes: ['application/json', 'text/html'] } }
    ],
    ['POST', '', 'Sends what the browser signed.', { body: { schema: 'SubmitPasskeyAssertionRequest', required: true } }],
    ['POST', '/confirm', 'Says whether the phone shows the same code.', { body: { schema: 'ConfirmPasskeyRequest', required: true } }],
    ['POST', '/cancel', 'The same as `DELETE`, for forms.', {}],
    ['DELETE', '', 'Gives the link up. A new QR code follows.', {}]
  ] satisfies [HttpVerb, string, string, Partial<EdgeRoute>][]
).map(([verb, path, meaning, rest]) => ({
  verb,
  path: `/passkey/{token}${path}`,
  tag: 'sessions',
  meaning,
  scope: null,
  reply: { type: 'PasskeyView' },
  errors: ['NOT_FOUND', 'RATE_LIMITED', 'PASSKEY_NOT_REQUESTED', 'INVALID_ARGUMENTS', 'REFUSED_BY_WHATSAPP', 'TIMEOUT', 'NO_OWNER'],
  ...rest
}));

const OPEN_ROUTES: readonly EdgeRoute[] = [
  open('/', 'documents', 'Where everything is; the console, for browsers.', { contentTypes: ['application/json', 'text/html'] }),
  open('/api/openapi.json', 'documents', 'This document.'),
  open('/api/asyncapi.json', 'documents', 'The AsyncAPI document of Socket.IO and NATS.'),
  open('/api/docs', 'documents', 'This document as a page to browse and try.', { contentTypes: ['text/html'] }),
  open('/api/docs/{file}', 'documents', 'A file of that page.', { contentTypes: ['text/javascript', 'text/css', 'image/png'] }),
  open('/health/live', 'operation', 'Whether the process lives.'),
  open('/health/ready', 'operation', 'Whether the process can serve.'),
  {
    ...open('/metrics', 'operation', 'Metrics for Prometheus. Wants a token unless it is configured to be open.', {
      contentTypes: ['text/plain']
    }),
    errors: ['UNAUTHORIZED']
  }
];

/** Every route of an edge that is not in the table of commands. */
export const EDGE_ROUTES: readonly EdgeRoute[] = [
  ...SESSIONS,
  ...CONNECTION_ROUTES,
  ...MEDIA_ROUTES,
  ...EVENTS,
  ...STORE,
  ...webhookRoutes('/api'),
  ...webhookRoutes('/api/sessions/{session}'),
  ...SUBSCRIPTIONS,
  ...TOKENS,
  ...MCP,
  PRINCIPAL,
  CONNECTORS,
  ...PASSKEY_LINK,
  ...OPEN_ROUTES
];
