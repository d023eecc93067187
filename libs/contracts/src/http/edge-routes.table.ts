import type { ErrorCode } from '../errors/error-codes.js';
import type { HttpVerb } from './command-routes.table.js';
import { CONNECTION_ROUTES } from './connection-routes.table.js';
import type { EdgeRoute } from './edge-route.js';
import { LOGIN_ROUTES } from './login-routes.table.js';
import { MEDIA_ROUTES } from './media-routes.table.js';

const OPEN: readonly ErrorCode[] = [];
const ANY: readonly ErrorCode[] = ['UNAUTHORIZED', 'FORBIDDEN', 'RATE_LIMITED', 'INVALID_REQUEST', 'BROKER_UNAVAILABLE', 'INTERNAL'];
const NAMED: readonly ErrorCode[] = [...ANY, 'NOT_FOUND'];

const EVENT_QUERY = {
  events:
    'Names of events, families such as `messages.*`, or `*`; repeated or separated by commas. If missing, all that the token permits.',
  since: 'A cursor or an ISO time. If missing, the oldest event; with Server-Sent Events, live events only.',
  until: 'A cursor or an ISO time. Not for Server-Sent Events.',
  limit: 'Events of one page, 1 to 1,000; 100 if missing.',
  chats: 'Only events about these jids; repeated or separated by commas.'
};
const EVENT_HEADERS = {
  'Last-Event-ID': 'With Server-Sent Events: the cursor of the last event received, which `EventSource` sends automatically.'
};
const EVENT_REPLY = { schema: 'EventPage', contentTypes: ['application/json', 'application/x-ndjson', 'text/event-stream'] };
const EVENT_ERRORS: readonly ErrorCode[] = [...ANY, 'UNKNOWN_EVENT', 'LIMIT_REACHED'];

const EVENTS: readonly EdgeRoute[] = [
  {
    verb: 'GET',
    path: '/api/events',
    tag: 'events',
    meaning:
      'Events in the form of the `Accept` header: a page of past events as JSON, all past events as NDJSON, past and live events as Server-Sent Events.',
    scope: 'read',
    query: { ...EVENT_QUERY, sessions: 'Ids of sessions; repeated or separated by commas. If missing, all that the token permits.' },
    headers: EVENT_HEADERS,
    reply: EVENT_REPLY,
    errors: EVENT_ERRORS
  },
  {
    verb: 'GET',
    path: '/api/sessions/{session}/events',
    tag: 'events',
    meaning: 'The same for one session.',
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
    meaning: 'The sessions that the token may use.',
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
      'Takes over a linked device from another gateway, in the neutral form of docs/migrate/import.md. The session is created if it does not exist; it must have no account. Everything is checked before anything is written. Stop the old gateway first, and never start it again with this session.',
    scope: 'control',
    query: { dryRun: '`true`: only checks, and reports what would be done. The session must exist.' },
    body: { contentTypes: ['application/x-ndjson'], required: true },
    reply: { type: 'ImportReport', contentTypes: ['application/json', 'application/x-ndjson'] },
    errors: [...ANY, 'UNKNOWN_SESSION', 'ALREADY_PAIRED', 'NO_OWNER', 'NOT_CONNECTED', 'LIMIT_REACHED', 'PAYLOAD_TOO_LARGE', 'TIMEOUT']
  },
  {
    verb: 'POST',
    path: '/api/sessions/{session}/export',
    tag: 'sessions',
    meaning:
      'The credentials and keys of a stopped session in the neutral form. Whoever has them can act as this linked device. Off unless `WABUS_CREDENTIALS_EXPORT` permits it.',
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
    meaning: 'The QR code to scan, as a separate document. `Wabus-Qr-Ttl-Ms` says how long it stays valid.',
    scope: 'control',
    query: { format: '`raw` (the default), `svg`, `png` or `terminal`.' },
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
    of('POST', '', 'Creates a webhook. Only this response contains its secret.', {
      body: {
        schema: 'CreateWebhookRequest',
        example: { url: 'https://example.com/wabus', events: ['messages.*'] },
        required: true
      },
      status: 201,
      reply: { type: 'CreatedWebhook' }
    }),
    of('GET', '/{id}', 'One webhook.', view),
    of('PATCH', '/{id}', 'Changes a webhook. Missing fields stay as they are.', {
      body: { schema: 'UpdateWebhookRequest', example: { paused: true }, required: true },
      ...view
    }),
    of('DELETE', '/{id}', 'Removes a webhook.', { status: 204 }),
    of('POST', '/{id}/pause', 'Pauses a webhook. It delivers nothing until it is resumed.', view),
    of('POST', '/{id}/resume', 'Resumes a webhook. It continues where it stopped.', view),
    of('POST', '/{id}/test', 'Sends one test delivery now.', { reply: { type: 'TestDelivery' } }),
    of('GET', '/{id}/deliveries', 'The latest attempts.', { reply: { type: '{deliveries: AttemptView[]}' } }),
    of('GET', '/{id}/deliveries/{delivery}', 'One delivery: its latest attempts, and its body as the log still has it.', {
      reply: { type: 'DeliveryView' }
    }),
    of('POST', '/{id}/deliveries/{delivery}/retry', 'Sends one delivery again, now and under the same id.', {
      reply: { type: 'TestDelivery' }
    }),
    of('GET', '/{id}/dead-letters', 'The events that it could not deliver.', { reply: { type: '{deadLetters: DeadLetterView[]}' } }),
    of('POST', '/{id}/dead-letters/redrive', 'Delivers dead letters again; all of them if `letters` is missing.', {
      body: { schema: 'RedriveRequest', example: { letters: ['12'] }, required: false },
      status: 202,
      reply: { type: '{redriving: number}' }
    }),
    of('POST', '/{id}/dead-letters/{letter}/redrive', 'Delivers one dead letter again.', {
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
      'The events that it could not deliver.',
      {
        query: { after: 'The number of the last letter of the previous page.', limit: 'Letters of one page, 1 to 100; 50 if missing.' },
        reply: { type: 'DeadLetterPage' }
      }
    ],
    [
      'POST',
      '/{name}/dead-letters/redrive',
      'Delivers dead letters again; all of them if there is no body.',
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
    ['GET', '', 'The access tokens, without their secrets.', { reply: { type: '{tokens: TokenView[]}' } }],
    [
      'POST',
      '',
      'Creates an access token. Only this response contains its secret.',
      {
        body: { example: { name: 'dashboard', scopes: ['read'], sessions: ['sales'] }, required: true },
        status: 201,
        reply: { type: 'IssuedToken' }
      }
    ],
    ['GET', '/denied', 'The JWTs that are refused although their signature is valid.', { reply: { type: '{denied: TokenDenial[]}' } }],
    [
      'POST',
      '/denied',
      'Revokes JWTs: one by its `jti`, or all that were issued to a `subject` until now.',
      { body: { example: { subject: 'somebody' }, required: true }, reply: { type: 'TokenDenial' } }
    ],
    ['DELETE', '/denied/{id}', 'Withdraws such a refusal.', { reply: { type: 'TokenDenial' } }],
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
    meaning: 'One message of an MCP client (Streamable HTTP, without sessions). `docs/mcp.md` lists the tools.',
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
  meaning: 'The connectors with the sessions that each owns, and the sessions that no connector runs.',
  scope: 'admin',
  reply: { type: 'OwnershipView' },
  errors: ANY
};

const HEALTH: EdgeRoute = {
  verb: 'GET',
  path: '/api/health/history',
  tag: 'operation',
  meaning: 'What the edge measured in the last 15 minutes: rates, times, backlogs, memory and the size of the log. It names no session.',
  scope: 'read',
  reply: { type: 'HealthHistory' },
  errors: ['UNAUTHORIZED', 'FORBIDDEN', 'RATE_LIMITED', 'INTERNAL']
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
  query: 'Only entries whose name or number contains this text, in any case.',
  cursor: 'The field `next` of the previous page.',
  limit: 'Items of one page, 1 to 200; 50 if missing.'
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
      'Messages whose text contains the query, newest first.',
      {
        query: { ...LIST_QUERY, query: 'The text to search for, in any case. Required.' },
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
      'The position of the read models, and whether a rebuild is running.',
      { reply: { type: 'ModelStatus' } }
    ],
    [
      'POST',
      '/api/sessions/{session}/models/rebuild',
      'Rebuilds the read models from the event log. With `discard`, data that is no longer in the log is dropped.',
      { ...REBUILD, reply: { type: 'RebuildView' } }
    ],
    [
      'POST',
      '/api/models/rebuild',
      'The same for every session that the token may use.',
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
      'The one-time address of a passkey link: what to sign, and the stage of the link. Browsers get a page without scripts.',
      { reply: { type: 'PasskeyView', contentTypes: ['application/json', 'text/html'] } }
    ],
    ['POST', '', 'Submits the signature of the browser.', { body: { schema: 'SubmitPasskeyAssertionRequest', required: true } }],
    ['POST', '/confirm', 'Says whether the phone shows the same code.', { body: { schema: 'ConfirmPasskeyRequest', required: true } }],
    ['POST', '/cancel', 'The same as `DELETE`, for forms.', {}],
    ['DELETE', '', 'Cancels the link. A new QR code follows.', {}]
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
  open('/', 'documents', 'The addresses of everything; the console, for browsers.', { contentTypes: ['application/json', 'text/html'] }),
  open('/api/openapi.json', 'documents', 'This document.'),
  open('/api/asyncapi.json', 'documents', 'The AsyncAPI document of Socket.IO and NATS.'),
  open('/api/docs', 'documents', 'This document as a page to browse and try.', { contentTypes: ['text/html'] }),
  open('/api/docs/{file}', 'documents', 'A file of that page.', { contentTypes: ['text/javascript', 'text/css', 'image/png'] }),
  open('/health/live', 'operation', 'Whether the process is alive.'),
  open('/health/ready', 'operation', 'Whether the process is ready.'),
  open('/version', 'operation', 'The release that the process runs.'),
  {
    ...open('/metrics', 'operation', 'Metrics for Prometheus. Needs a token unless configured to be open.', {
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
  ...LOGIN_ROUTES,
  ...MCP,
  PRINCIPAL,
  CONNECTORS,
  HEALTH,
  ...PASSKEY_LINK,
  ...OPEN_ROUTES
];
