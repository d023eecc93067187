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
    'Names of events, families such as `messages.*`, or `*`; repeated or separated by commas. If missing, all events that the token permits.',
  since: 'A cursor or an ISO time. If missing, the oldest event; with Server-Sent Events, live events only.',
  until: 'A cursor or an ISO time. Not permitted with Server-Sent Events.',
  limit: 'Number of events in a page, 1 to 1,000; 100 if missing.',
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
      'Returns events in the format that the `Accept` header names: a page of past events as JSON, all past events as NDJSON, past and live events as Server-Sent Events.',
    scope: 'read',
    query: { ...EVENT_QUERY, sessions: 'Session ids; repeated or separated by commas. If missing, all sessions that the token permits.' },
    headers: EVENT_HEADERS,
    reply: EVENT_REPLY,
    errors: EVENT_ERRORS
  },
  {
    verb: 'GET',
    path: '/api/sessions/{session}/events',
    tag: 'events',
    meaning: 'Returns the events of one session, in the same formats.',
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
    meaning: 'Lists the sessions that the token may use.',
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
      'Takes over a linked device from another gateway, in the neutral form of docs/migrate/import.md. The session is created if it does not exist; it must not have an account. Everything is checked before anything is written. Stop the old gateway first, and never start it again with this session.',
    scope: 'control',
    query: { dryRun: '`true` only checks the device and reports what would be done. The session must exist.' },
    body: { contentTypes: ['application/x-ndjson'], required: true },
    reply: { type: 'ImportReport', contentTypes: ['application/json', 'application/x-ndjson'] },
    errors: [...ANY, 'UNKNOWN_SESSION', 'ALREADY_PAIRED', 'NO_OWNER', 'NOT_CONNECTED', 'LIMIT_REACHED', 'PAYLOAD_TOO_LARGE', 'TIMEOUT']
  },
  {
    verb: 'POST',
    path: '/api/sessions/{session}/export',
    tag: 'sessions',
    meaning:
      'Returns the credentials and keys of a stopped session in the neutral form. Anyone who has them can act as this linked device. Refused unless `WABUS_CREDENTIALS_EXPORT` permits it.',
    scope: 'control',
    reply: { contentTypes: ['application/x-ndjson'] },
    errors: [...ANY, 'UNKNOWN_SESSION', 'NOT_PAIRED', 'NO_OWNER', 'TIMEOUT']
  },
  {
    verb: 'GET',
    path: '/api/sessions/{session}/status',
    tag: 'sessions',
    meaning: 'Returns the observed state of the session.',
    scope: 'read',
    reply: { schema: 'SessionStatus' },
    errors: [...ANY, 'UNKNOWN_SESSION']
  },
  {
    verb: 'GET',
    path: '/api/sessions/{session}/qr',
    tag: 'sessions',
    meaning:
      'Returns the QR code to scan, as a separate document. The header `Wabus-Qr-Ttl-Ms` contains the time in ms for which it remains valid.',
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
    of('GET', '', 'Lists the webhooks.', { reply: { type: '{webhooks: WebhookView[]}' } }),
    of('POST', '', 'Creates a webhook. Only this response contains its secret.', {
      body: {
        schema: 'CreateWebhookRequest',
        example: { url: 'https://example.com/wabus', events: ['messages.*'] },
        required: true
      },
      status: 201,
      reply: { type: 'CreatedWebhook' }
    }),
    of('GET', '/{id}', 'Returns one webhook.', view),
    of('PATCH', '/{id}', 'Changes a webhook. Missing fields remain unchanged.', {
      body: { schema: 'UpdateWebhookRequest', example: { paused: true }, required: true },
      ...view
    }),
    of('DELETE', '/{id}', 'Removes a webhook.', { status: 204 }),
    of('POST', '/{id}/pause', 'Pauses a webhook. It delivers nothing until it is resumed.', view),
    of('POST', '/{id}/resume', 'Resumes a webhook. It continues where it stopped.', view),
    of('POST', '/{id}/test', 'Sends one test delivery now.', { reply: { type: 'TestDelivery' } }),
    of('GET', '/{id}/deliveries', 'Lists the latest attempts.', { reply: { type: '{deliveries: AttemptView[]}' } }),
    of(
      'GET',
      '/{id}/deliveries/{delivery}',
      'Returns one delivery: its latest attempts, and its body if the event log still contains it.',
      {
        reply: { type: 'DeliveryView' }
      }
    ),
    of('POST', '/{id}/deliveries/{delivery}/retry', 'Sends one delivery again immediately, with the same id.', {
      reply: { type: 'TestDelivery' }
    }),
    of('GET', '/{id}/dead-letters', 'Lists the dead letters of a webhook.', { reply: { type: '{deadLetters: DeadLetterView[]}' } }),
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
    ['GET', '', 'Lists the durable subscriptions.', { reply: { type: '{subscriptions: SubscriptionView[]}' } }],
    ['GET', '/{name}', 'Returns one durable subscription.', { reply: { type: 'SubscriptionView' } }],
    ['DELETE', '/{name}', 'Removes a durable subscription.', { reply: { schema: 'DurableSubscription' } }],
    [
      'GET',
      '/{name}/dead-letters',
      'Lists the dead letters of a durable subscription.',
      {
        query: {
          after: 'The number of the last dead letter of the previous page.',
          limit: 'Number of dead letters in a page, 1 to 100; 50 if missing.'
        },
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
    ['GET', '', 'Lists the access tokens, without their secrets.', { reply: { type: '{tokens: TokenView[]}' } }],
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
    [
      'GET',
      '/denied',
      'Lists the denials: JWTs that are refused although their signature is valid.',
      { reply: { type: '{denied: TokenDenial[]}' } }
    ],
    [
      'POST',
      '/denied',
      'Revokes JWTs: one by its `jti`, or all that were issued to a `subject` until now.',
      { body: { example: { subject: 'somebody' }, required: true }, reply: { type: 'TokenDenial' } }
    ],
    ['DELETE', '/denied/{id}', 'Withdraws a denial.', { reply: { type: 'TokenDenial' } }],
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
    meaning: 'Handles one message from an MCP client (Streamable HTTP, without sessions). `docs/mcp.md` lists the tools.',
    // The required scope of a message depends on its tool.
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
  meaning: 'Returns what the token in the request permits.',
  scope: 'any',
  reply: { type: 'PrincipalView' },
  errors: ['UNAUTHORIZED', 'RATE_LIMITED', 'INTERNAL']
};

const CONNECTORS: EdgeRoute = {
  verb: 'GET',
  path: '/api/connectors',
  tag: 'connectors',
  meaning:
    'Lists the connectors with their state, release, memory and sessions, the sessions that no connector runs, and the edges. A connector that crashed is listed as `lost` for a minute.',
  scope: 'admin',
  reply: { type: 'OwnershipView' },
  errors: ANY
};

const HEALTH: EdgeRoute = {
  verb: 'GET',
  path: '/api/health/history',
  tag: 'operation',
  meaning:
    'Returns what the edge measured in the last 15 minutes: rates, times, backlogs, memory and the size of the log. It names no session.',
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
  query: 'Only entries whose name or number contains this text, in upper or lower case.',
  cursor: 'The field `next` of the previous page.',
  limit: 'Number of items in a page, 1 to 200; 50 if missing.'
};

const REBUILD: Partial<EdgeRoute> = { scope: 'admin', body: { example: { discard: false }, required: false }, status: 202 };

const STORE: readonly EdgeRoute[] = (
  [
    [
      'GET',
      '/api/sessions/{session}/store/chats',
      'Lists the chats. The one with the newest message comes first.',
      { query: LIST_QUERY, reply: { type: 'ModelPage<ChatView>' } }
    ],
    ['GET', '/api/sessions/{session}/store/chats/{jid}', 'Returns one chat, by its LID or phone number.', { reply: { type: 'ChatView' } }],
    [
      'GET',
      '/api/sessions/{session}/store/chats/{jid}/messages',
      'Lists the messages in a chat, newest first.',
      { query: { before: LIST_QUERY.cursor, limit: LIST_QUERY.limit }, reply: { type: 'ModelPage<StoredMessageView>' } }
    ],
    [
      'GET',
      '/api/sessions/{session}/store/messages/search',
      'Returns the messages whose text contains the query, newest first.',
      {
        query: { ...LIST_QUERY, query: 'The text to search for, in upper or lower case. Required.' },
        reply: { type: 'ModelPage<StoredMessageView>' }
      }
    ],
    [
      'GET',
      '/api/sessions/{session}/store/contacts',
      'Lists the contacts, sorted by name.',
      { query: LIST_QUERY, reply: { type: 'ModelPage<ContactView>' } }
    ],
    [
      'GET',
      '/api/sessions/{session}/store/contacts/{jid}',
      'Returns one contact, by its LID or phone number.',
      { reply: { type: 'ContactView' } }
    ],
    [
      'GET',
      '/api/sessions/{session}/store/groups',
      'Lists the groups, sorted by subject.',
      { query: LIST_QUERY, reply: { type: 'ModelPage<GroupView>' } }
    ],
    ['GET', '/api/sessions/{session}/store/groups/{jid}', 'Returns one group.', { reply: { type: 'GroupView' } }],
    [
      'GET',
      '/api/sessions/{session}/store/labels',
      'Lists the labels, sorted by name.',
      { query: LIST_QUERY, reply: { type: 'ModelPage<LabelView>' } }
    ],
    [
      'GET',
      '/api/sessions/{session}/store/lid-map/{jid}',
      'Looks up a person by LID or phone number, and returns both.',
      { reply: { type: 'LidMapView' } }
    ],
    [
      'GET',
      '/api/sessions/{session}/models',
      'Returns the position of the read models, and whether a rebuild is running.',
      { reply: { type: 'ModelStatus' } }
    ],
    [
      'POST',
      '/api/sessions/{session}/models/rebuild',
      'Rebuilds the read models from the event log. With `discard`, Wabus drops data that is no longer in the log.',
      { ...REBUILD, reply: { type: 'RebuildView' } }
    ],
    [
      'POST',
      '/api/models/rebuild',
      'Rebuilds the read models of every session that the token may use.',
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
      'Returns the data that the passkey must sign, and the stage of the link. Browsers get a page without scripts.',
      { reply: { type: 'PasskeyView', contentTypes: ['application/json', 'text/html'] } }
    ],
    [
      'POST',
      '',
      'Submits the signature that the browser made with the passkey.',
      { body: { schema: 'SubmitPasskeyAssertionRequest', required: true } }
    ],
    ['POST', '/confirm', 'Reports whether the phone shows the same code.', { body: { schema: 'ConfirmPasskeyRequest', required: true } }],
    ['POST', '/cancel', 'Cancels the link, like `DELETE`, for HTML forms.', {}],
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
  open('/', 'documents', 'Lists the addresses of this edge. Browsers get the console.', {
    contentTypes: ['application/json', 'text/html']
  }),
  open('/api/openapi.json', 'documents', 'Returns this document.'),
  open('/api/asyncapi.json', 'documents', 'Returns the AsyncAPI document of Socket.IO and NATS.'),
  open('/api/docs', 'documents', 'Returns this document as a page to browse and try.', { contentTypes: ['text/html'] }),
  open('/api/docs/{file}', 'documents', 'Returns a file of the page at `/api/docs`.', {
    contentTypes: ['text/javascript', 'text/css', 'image/png']
  }),
  open('/health/live', 'operation', 'Reports whether the process is alive.'),
  open('/health/ready', 'operation', 'Reports whether the process is ready.'),
  open('/version', 'operation', 'Returns the release that the process runs.'),
  {
    ...open('/metrics', 'operation', 'Returns metrics for Prometheus. Requires a token unless `WABUS_EDGE_OPEN_METRICS` is set.', {
      contentTypes: ['text/plain']
    }),
    errors: ['UNAUTHORIZED']
  }
];

/** All routes of an edge that are not in the table of commands. */
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
