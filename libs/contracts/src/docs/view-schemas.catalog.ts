// @generated from the types of the contracts by tools/docs/view-schemas.mjs: do not edit.
import type { JsonSchema } from './async-api.types.js';

/** The schemas of responses of routes without a command, by the type in their row. */
export const VIEW_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  ChatView: { $ref: '#/components/schemas/ChatView' },
  Cleared: { $ref: '#/components/schemas/Cleared' },
  ConnectionChange: { $ref: '#/components/schemas/ConnectionChange' },
  ConnectionData: { $ref: '#/components/schemas/ConnectionData' },
  'ConnectionData | GeneratedQr | ConnectionChange | Cleared': {
    anyOf: [
      { $ref: '#/components/schemas/Cleared' },
      { $ref: '#/components/schemas/ConnectionChange' },
      { $ref: '#/components/schemas/ConnectionData' },
      {
        type: 'object',
        properties: {
          qr: { type: 'string', description: 'A data URL: `data:image/svg+xml;base64,…`.' },
          status: { const: 1 },
          error: { const: '' },
          ttl: { type: 'number', description: 'How long the code remains valid, in seconds.' }
        },
        required: ['qr', 'status', 'error', 'ttl']
      },
      {
        type: 'object',
        properties: { status: { const: 0 }, error: { type: 'string' }, ttl: { const: 0 } },
        required: ['status', 'error', 'ttl']
      }
    ]
  },
  ContactView: { $ref: '#/components/schemas/ContactView' },
  CreatedWebhook: { $ref: '#/components/schemas/CreatedWebhook' },
  DeadLetterPage: { $ref: '#/components/schemas/DeadLetterPage' },
  DeliveryView: { $ref: '#/components/schemas/DeliveryView' },
  GeneratedQr: {
    anyOf: [
      {
        type: 'object',
        properties: {
          qr: { type: 'string', description: 'A data URL: `data:image/svg+xml;base64,…`.' },
          status: { const: 1 },
          error: { const: '' },
          ttl: { type: 'number', description: 'How long the code remains valid, in seconds.' }
        },
        required: ['qr', 'status', 'error', 'ttl']
      },
      {
        type: 'object',
        properties: { status: { const: 0 }, error: { type: 'string' }, ttl: { const: 0 } },
        required: ['status', 'error', 'ttl']
      }
    ]
  },
  GroupView: { $ref: '#/components/schemas/GroupView' },
  HealthHistory: { $ref: '#/components/schemas/HealthHistory' },
  ImportReport: { $ref: '#/components/schemas/ImportReport' },
  IssuedToken: { $ref: '#/components/schemas/IssuedToken' },
  LidMapView: { $ref: '#/components/schemas/LidMapView' },
  LoginCode: { $ref: '#/components/schemas/LoginCode' },
  LoginReply: { $ref: '#/components/schemas/LoginReply' },
  LoginView: { $ref: '#/components/schemas/LoginView' },
  MediaReference: { $ref: '#/components/schemas/MediaReference' },
  'ModelPage<ChatView>': {
    type: 'object',
    properties: {
      items: { type: 'array', items: { $ref: '#/components/schemas/ChatView' } },
      next: { anyOf: [{ type: 'null' }, { type: 'string' }] }
    },
    required: ['items', 'next']
  },
  'ModelPage<ContactView>': {
    type: 'object',
    properties: {
      items: { type: 'array', items: { $ref: '#/components/schemas/ContactView' } },
      next: { anyOf: [{ type: 'null' }, { type: 'string' }] }
    },
    required: ['items', 'next']
  },
  'ModelPage<GroupView>': {
    type: 'object',
    properties: {
      items: { type: 'array', items: { $ref: '#/components/schemas/GroupView' } },
      next: { anyOf: [{ type: 'null' }, { type: 'string' }] }
    },
    required: ['items', 'next']
  },
  'ModelPage<LabelView>': {
    type: 'object',
    properties: {
      items: { type: 'array', items: { $ref: '#/components/schemas/LabelView' } },
      next: { anyOf: [{ type: 'null' }, { type: 'string' }] }
    },
    required: ['items', 'next']
  },
  'ModelPage<StoredMessageView>': {
    type: 'object',
    properties: {
      items: { type: 'array', items: { $ref: '#/components/schemas/StoredMessageView' } },
      next: { anyOf: [{ type: 'null' }, { type: 'string' }] }
    },
    required: ['items', 'next']
  },
  ModelStatus: { $ref: '#/components/schemas/ModelStatus' },
  OwnershipView: { $ref: '#/components/schemas/OwnershipView' },
  PasskeyView: { $ref: '#/components/schemas/PasskeyView' },
  PrincipalView: { $ref: '#/components/schemas/PrincipalView' },
  RebuildView: { $ref: '#/components/schemas/RebuildView' },
  SessionSettingsView: { $ref: '#/components/schemas/SessionSettingsView' },
  SubscriptionView: { $ref: '#/components/schemas/SubscriptionView' },
  TestDelivery: { $ref: '#/components/schemas/TestDelivery' },
  TokenDenial: { $ref: '#/components/schemas/TokenDenial' },
  TokenView: { $ref: '#/components/schemas/TokenView' },
  WebhookView: { $ref: '#/components/schemas/WebhookView' },
  '{deadLetters: DeadLetterView[]}': {
    type: 'object',
    properties: { deadLetters: { type: 'array', items: { $ref: '#/components/schemas/DeadLetterView' } } },
    required: ['deadLetters']
  },
  '{deliveries: AttemptView[]}': {
    type: 'object',
    properties: { deliveries: { type: 'array', items: { $ref: '#/components/schemas/AttemptView' } } },
    required: ['deliveries']
  },
  '{denied: TokenDenial[]}': {
    type: 'object',
    properties: { denied: { type: 'array', items: { $ref: '#/components/schemas/TokenDenial' } } },
    required: ['denied']
  },
  '{logins: LoginView[]}': {
    type: 'object',
    properties: { logins: { type: 'array', items: { $ref: '#/components/schemas/LoginView' } } },
    required: ['logins']
  },
  '{redriven: number}': { type: 'object', properties: { redriven: { type: 'number' } }, required: ['redriven'] },
  '{redriving: number}': { type: 'object', properties: { redriving: { type: 'number' } }, required: ['redriving'] },
  '{sessions: SessionId[]}': {
    type: 'object',
    properties: { sessions: { type: 'array', items: { type: 'string' } } },
    required: ['sessions']
  },
  '{sessions: SessionView[]}': {
    type: 'object',
    properties: { sessions: { type: 'array', items: { $ref: '#/components/schemas/SessionView' } } },
    required: ['sessions']
  },
  '{subscriptions: SubscriptionView[]}': {
    type: 'object',
    properties: { subscriptions: { type: 'array', items: { $ref: '#/components/schemas/SubscriptionView' } } },
    required: ['subscriptions']
  },
  '{sucesso: true}': { type: 'object', properties: { sucesso: { const: true } }, required: ['sucesso'] },
  '{tokens: TokenView[]}': {
    type: 'object',
    properties: { tokens: { type: 'array', items: { $ref: '#/components/schemas/TokenView' } } },
    required: ['tokens']
  },
  '{webhooks: WebhookView[]}': {
    type: 'object',
    properties: { webhooks: { type: 'array', items: { $ref: '#/components/schemas/WebhookView' } } },
    required: ['webhooks']
  }
};

/** The schemas to which these refer. */
export const VIEW_COMPONENTS: Readonly<Record<string, JsonSchema>> = {
  AccountAppeal: {
    type: 'object',
    properties: {
      token: { type: 'string' },
      at: { type: 'string', description: 'When WhatsApp sent the token, as an ISO time. It sends a token only once.' }
    },
    required: ['token', 'at']
  },
  AccountRestriction: {
    type: 'object',
    properties: {
      kind: {
        type: 'string',
        description: 'The name of the restriction in WhatsApp, such as `RESTRICT_ALL_COMPANIONS` or `WEB_COMPANION_ONLY`.'
      },
      until: {
        anyOf: [{ type: 'null' }, { type: 'string' }],
        description: 'When the restriction ends, as an ISO time; `null` if WhatsApp did not report it.'
      }
    },
    required: ['kind', 'until']
  },
  AttemptAnswer: {
    type: 'object',
    properties: { headers: { type: 'object', additionalProperties: { type: 'string' } }, body: { type: 'string' } },
    required: ['headers', 'body']
  },
  AttemptView: {
    type: 'object',
    properties: {
      deliveryId: { type: 'string' },
      session: { type: 'string' },
      event: { type: 'string' },
      events: { type: 'number', description: 'The number of events in the request.' },
      attempt: { type: 'number' },
      outcome: { type: 'string', enum: ['dead', 'delivered', 'paused', 'retry'] },
      status: { anyOf: [{ type: 'null' }, { type: 'number' }] },
      error: { anyOf: [{ type: 'null' }, { type: 'string' }] },
      durationMs: { type: 'number' },
      at: { type: 'string' },
      requestHeaders: {
        type: 'object',
        additionalProperties: { type: 'string' },
        description:
          'The headers of the request. The values of headers that the webhook configures are hidden. Missing in attempts of older releases.'
      },
      answer: {
        anyOf: [{ type: 'null' }, { $ref: '#/components/schemas/AttemptAnswer' }],
        description:
          'The headers of the answer and, unless the endpoint accepted the delivery, the first 2 KiB of its body. The bodies of older attempts are not kept. `null` if there was no answer.'
      },
      backlog: {
        type: 'number',
        description:
          'The number of events that were waiting for the webhook, counted at most two seconds earlier. Missing in attempts of older releases.'
      },
      cursors: {
        type: 'array',
        items: { type: 'string' },
        description: 'The cursors of the events. Missing if there are more than 10 events, and in attempts of older releases.'
      }
    },
    required: ['deliveryId', 'session', 'event', 'events', 'attempt', 'outcome', 'status', 'error', 'durationMs', 'at']
  },
  BreakerState: { type: 'string', enum: ['closed', 'half-open', 'open'] },
  BrowserIdentity: {
    type: 'object',
    properties: {
      os: { type: 'string', description: 'The operating system, such as `Mac OS`. WhatsApp shows any text unchanged.' },
      name: {
        type: 'string',
        description: 'A browser for which WhatsApp has an icon: `Chrome`, `Firefox`, `IE`, `Opera`, `Safari`, `Edge` or `Desktop`.'
      },
      version: { type: 'string' }
    },
    required: ['os', 'name', 'version']
  },
  ChatView: {
    type: 'object',
    properties: {
      jid: { type: 'string' },
      otherJid: {
        anyOf: [{ type: 'null' }, { type: 'string' }],
        description: 'The other jid of the same person, a LID or a phone number; `null` if it is unknown.'
      },
      name: {
        anyOf: [{ type: 'null' }, { type: 'string' }],
        description: 'The name of the chat; otherwise the name of the person or the subject of the group.'
      },
      timestamp: { type: 'number', description: 'The time of the newest message, in seconds since 1970; 0 if none is known.' },
      unreadCount: { type: 'number', description: 'The number of unread messages; -1 if the chat was manually marked as unread.' },
      labels: { type: 'array', items: { type: 'string' }, description: "The ids of the chat's labels." },
      chat: { type: 'object', additionalProperties: {}, description: "Baileys' chat, with the fields that events have reported." }
    },
    required: ['jid', 'otherJid', 'name', 'timestamp', 'unreadCount', 'labels', 'chat']
  },
  Cleared: { type: 'object', properties: { status: { type: 'boolean' }, message: { type: 'string' } }, required: ['status', 'message'] },
  ConnectionChange: {
    type: 'object',
    properties: { sucesso: { type: 'boolean' }, Status: { type: 'string' } },
    required: ['sucesso', 'Status']
  },
  ConnectionData: {
    type: 'object',
    properties: {
      status: {
        anyOf: [{ const: 0 }, { const: 1 }, { const: 2 }, { const: 3 }, { const: 4 }, { const: 10 }, { const: 11 }, { const: 13 }]
      },
      statusString: {
        type: 'string',
        enum: [
          'Starting',
          'WhatsAppAuthenticated',
          'WhatsAppAuthenticatedConnectionClosed',
          'WhatsAppNotAuthenticated',
          'noConnection',
          'waitForQRAuthentication',
          'webSocketOpen',
          'webSocketOpenining'
        ]
      },
      connected: { type: 'boolean' },
      ConnectionInfo: { $ref: '#/components/schemas/ConnectionInfo' },
      WebID: { type: 'string', description: 'The id of the session.' },
      Webhook: { anyOf: [{ type: 'null' }, { type: 'string' }], description: 'The URL of the webhook that `set_config` created.' },
      UserAgent: { type: 'string', description: 'The name of the browser that the session presents.' },
      CanRestoreConnection: { type: 'boolean', description: 'Whether an account is linked, so that connecting needs no QR code.' },
      stats: {
        type: 'object',
        properties: {
          Contacts: { type: 'null' },
          Chats: { type: 'null' },
          SentBytes: { type: 'null' },
          ReceveidBytes: { type: 'null' },
          MessagesSent: {
            type: 'number',
            description: 'The number of messages sent over the lifetime of the session; an addition to the documented fields.'
          },
          MessagesReceived: {
            type: 'number',
            description: 'The number of messages received over the lifetime of the session; an addition to the documented fields.'
          },
          Events: {
            type: 'number',
            description: 'The number of events stored over the lifetime of the session; an addition to the documented fields.'
          }
        },
        required: ['Contacts', 'Chats', 'SentBytes', 'ReceveidBytes', 'MessagesSent', 'MessagesReceived', 'Events']
      },
      storage: {
        type: 'object',
        properties: { Name: { type: 'string' }, Bytes: { type: 'null' }, Files: { type: 'null' }, Subs: { type: 'null' } },
        required: ['Name', 'Bytes', 'Files', 'Subs'],
        description: 'There are no files to count: NATS stores events and credentials of all sessions together.'
      },
      WebhookSecret: {
        type: 'string',
        description: 'The secret for verifying deliveries. Only the `set_config` that created the webhook returns it.'
      }
    },
    required: [
      'status',
      'statusString',
      'connected',
      'ConnectionInfo',
      'WebID',
      'Webhook',
      'UserAgent',
      'CanRestoreConnection',
      'stats',
      'storage'
    ]
  },
  ConnectionInfo: {
    type: 'object',
    properties: {
      lg: { type: 'null' },
      lc: { type: 'null' },
      phone: {
        type: 'object',
        properties: {
          device_model: { type: 'null' },
          wa_version: { type: 'null' },
          mcc: { type: 'null' },
          os_version: { type: 'null' },
          os_build_number: { type: 'null' },
          device_manufacturer: { type: 'null' },
          mnc: { type: 'null' }
        },
        required: ['device_model', 'wa_version', 'mcc', 'os_version', 'os_build_number', 'device_manufacturer', 'mnc']
      },
      battery: { type: 'null' },
      tos: { type: 'null' },
      pushname: { anyOf: [{ type: 'null' }, { type: 'string' }], description: 'The name of the account.' },
      protoVersion: { type: 'null' },
      plugged: { type: 'null' },
      platform: { anyOf: [{ type: 'null' }, { type: 'string' }], description: 'The platform of the phone, such as `iphone` or `android`.' },
      wid: { anyOf: [{ type: 'null' }, { type: 'string' }], description: "The jid of the account's phone number." },
      connected: { type: 'boolean' },
      isResponse: { type: 'null' },
      binVersion: { type: 'null' },
      locales: { type: 'null' }
    },
    required: [
      'lg',
      'lc',
      'phone',
      'battery',
      'tos',
      'pushname',
      'protoVersion',
      'plugged',
      'platform',
      'wid',
      'connected',
      'isResponse',
      'binVersion',
      'locales'
    ]
  },
  ConnectorView: {
    type: 'object',
    properties: {
      id: { type: 'string' },
      state: {
        anyOf: [{ type: 'string', enum: ['draining', 'lost', 'ready'] }, { type: 'null' }],
        description:
          '`ready`: the connector takes sessions. `draining`: it is about to stop and hands over its sessions. `lost`: it no longer renews its lease, but has not signed off. `null`: the edge has just started, or NATS does not permit it to read the leases of connectors.'
      },
      weight: {
        anyOf: [{ type: 'null' }, { type: 'number' }],
        description:
          'The share of the sessions that the connector takes, relative to other connectors; `null` if the edge does not know it.'
      },
      sessions: { type: 'array', items: { $ref: '#/components/schemas/OwnedSessionView' } },
      version: { anyOf: [{ type: 'null' }, { type: 'string' }], description: 'The release of Wabus.' },
      startedAt: { anyOf: [{ type: 'null' }, { type: 'string' }], description: 'When the process started, as an ISO time.' },
      memoryBytes: { anyOf: [{ type: 'null' }, { type: 'number' }], description: 'The memory that the process uses, in bytes.' },
      memoryLimitBytes: {
        anyOf: [{ type: 'null' }, { type: 'number' }],
        description: 'The memory that the process may use at most, in bytes; `null` if there is no limit.'
      },
      cpu: {
        anyOf: [{ type: 'null' }, { type: 'number' }],
        description: 'The average number of processors in use since the previous report.'
      }
    },
    required: ['id', 'state', 'weight', 'sessions', 'version', 'startedAt', 'memoryBytes', 'memoryLimitBytes', 'cpu']
  },
  ContactView: {
    type: 'object',
    properties: {
      jid: { type: 'string' },
      otherJid: { anyOf: [{ type: 'null' }, { type: 'string' }] },
      name: {
        anyOf: [{ type: 'null' }, { type: 'string' }],
        description: 'The name in the address book; otherwise the name that the person or company chose.'
      },
      contact: { type: 'object', additionalProperties: {}, description: "Baileys' contact, with the fields that events have reported." }
    },
    required: ['jid', 'otherJid', 'name', 'contact']
  },
  CreatedWebhook: {
    type: 'object',
    properties: {
      secret: { type: 'string' },
      truncated: {
        type: 'object',
        properties: { firstAt: { anyOf: [{ type: 'null' }, { type: 'string' }] } },
        required: ['firstAt'],
        description:
          'Present if `since` is older than the log: events stored before `firstAt` (ISO time; `null` if the log is empty) are gone.'
      },
      id: { type: 'string' },
      url: { type: 'string' },
      events: { type: 'array', items: { type: 'string' } },
      sessions: {
        anyOf: [
          { type: 'string', enum: ['*'] },
          { type: 'array', items: { type: 'string' } }
        ],
        description: 'The sessions; `*` for all.'
      },
      chats: {
        anyOf: [
          { type: 'string', enum: ['*'] },
          { type: 'array', items: { type: 'string' } }
        ],
        description: 'The chats to whose events the webhook is limited; `*` for all events.'
      },
      session: {
        anyOf: [{ type: 'null' }, { type: 'string' }],
        description: 'The session that the webhook belongs to; `null` if it belongs to the whole installation.'
      },
      headerNames: { type: 'array', items: { type: 'string' } },
      bulk: {
        anyOf: [
          { type: 'null' },
          {
            type: 'object',
            properties: { maxEvents: { type: 'number' }, maxWaitMs: { type: 'number' } },
            required: ['maxEvents', 'maxWaitMs']
          }
        ]
      },
      order: { $ref: '#/components/schemas/WebhookOrder' },
      format: { type: 'string', enum: ['cloud-api', 'evolution', 'wabus', 'waha'] },
      extras: {
        type: 'array',
        items: { type: 'string', enum: ['echoes', 'edits', 'groups'] },
        description: 'The additional content with the format `cloud-api`; empty with any other format.'
      },
      formatOptions: {
        anyOf: [
          { type: 'null' },
          {
            type: 'object',
            properties: {
              events: {
                anyOf: [
                  { type: 'string', enum: ['*'] },
                  { type: 'array', items: { type: 'string' } }
                ]
              },
              byEvents: { type: 'boolean' },
              signed: { type: 'boolean' }
            },
            required: ['events', 'byEvents', 'signed']
          }
        ],
        description:
          'The options of the formats `waha` and `evolution`. `signed` is `true` if the webhook has a key for the signature of that format.'
      },
      previousSecretUntil: {
        anyOf: [{ type: 'null' }, { type: 'string' }],
        description: 'Until when deliveries are also signed with the previous secret, as an ISO time; `null` if they are not.'
      },
      timeoutMs: {
        anyOf: [{ type: 'null' }, { type: 'number' }],
        description: 'How long one attempt may take, in ms; `null` for the value of WABUS_WEBHOOK_TIMEOUT_MS.'
      },
      paused: { anyOf: [{ type: 'string', enum: ['egress-denied', 'gone', 'refusing', 'requested', 'token-gone'] }, { type: 'null' }] },
      pauseNote: {
        anyOf: [{ type: 'null' }, { type: 'string' }],
        description: 'Why the webhook is paused and what to do about it, for people; `null` unless it is paused.'
      },
      description: { anyOf: [{ type: 'null' }, { type: 'string' }] },
      createdAt: { type: 'string' },
      createdBy: {
        anyOf: [{ type: 'null' }, { type: 'string' }],
        description:
          'The id of the token (or subject of the JWT) that created the webhook, as in `GET /api/tokens` and `GET /api/principal`; `null` if an early release created it.'
      },
      updatedAt: { type: 'string' },
      updatedBy: {
        anyOf: [{ type: 'null' }, { type: 'string' }],
        description: 'The id of the token that last changed the URL, events, sessions, headers, secret or position.'
      },
      state: { $ref: '#/components/schemas/WebhookState' }
    },
    required: [
      'secret',
      'id',
      'url',
      'events',
      'sessions',
      'chats',
      'session',
      'headerNames',
      'bulk',
      'order',
      'format',
      'extras',
      'formatOptions',
      'previousSecretUntil',
      'timeoutMs',
      'paused',
      'pauseNote',
      'description',
      'createdAt',
      'createdBy',
      'updatedAt',
      'updatedBy',
      'state'
    ]
  },
  DeadLetter: {
    type: 'object',
    properties: {
      letter: { type: 'number', description: 'The number of the dead letter within its subscription.' },
      attempts: { type: 'number' },
      deadAt: { type: 'string', description: 'When the event became a dead letter, as an ISO time.' },
      reason: { type: 'string', description: 'The error of the last refusal, or a note that no answer arrived.' },
      redriving: { type: 'boolean', description: 'Whether the event is about to be delivered again.' },
      event: { $ref: '#/components/schemas/EventEnvelope' }
    },
    required: ['letter', 'attempts', 'deadAt', 'reason', 'redriving', 'event']
  },
  DeadLetterPage: {
    type: 'object',
    properties: {
      deadLetters: { type: 'array', items: { $ref: '#/components/schemas/DeadLetter' } },
      next: {
        anyOf: [{ type: 'null' }, { type: 'number' }],
        description: 'The value of `after` for the next page; `null` after the last page.'
      }
    },
    required: ['deadLetters', 'next']
  },
  DeadLetterView: {
    type: 'object',
    properties: {
      id: { type: 'string' },
      deliveryId: { type: 'string' },
      session: { type: 'string' },
      event: {
        type: 'string',
        enum: [
          'app-state.collection-failed',
          'auth.pairing-code',
          'auth.passkey',
          'auth.qr',
          'blocklist.set',
          'blocklist.update',
          'call',
          'chats.delete',
          'chats.lock',
          'chats.update',
          'chats.upsert',
          'connection.update',
          'contacts.update',
          'contacts.upsert',
          'creds.update',
          'group-participants.update',
          'group.join-request',
          'group.member-tag.update',
          'groups.update',
          'groups.upsert',
          'labels.association',
          'labels.edit',
          'lid-mapping.update',
          'message-capping.update',
          'message-receipt.update',
          'message.poll-vote',
          'message.progress',
          'message.unopened',
          'messages.delete',
          'messages.media-update',
          'messages.reaction',
          'messages.update',
          'messages.upsert',
          'messaging-history.set',
          'messaging-history.status',
          'newsletter-participants.update',
          'newsletter-settings.update',
          'newsletter.reaction',
          'newsletter.view',
          'presence.update',
          'session.status',
          'settings.update',
          'whatsapp.notification'
        ]
      },
      eventId: { type: 'string' },
      attempts: { type: 'number' },
      status: {
        anyOf: [{ type: 'null' }, { type: 'number' }],
        description: 'The HTTP status of the last answer; `null` if there was none.'
      },
      error: { type: 'string' },
      at: { type: 'string', description: 'When the event became a dead letter, as an ISO time.' },
      redriving: { type: 'boolean', description: 'Whether a requested redelivery is still pending.' }
    },
    required: ['id', 'deliveryId', 'session', 'event', 'eventId', 'attempts', 'status', 'error', 'at', 'redriving']
  },
  DeliveryView: {
    type: 'object',
    properties: {
      deliveryId: { type: 'string' },
      attempts: { type: 'array', items: { $ref: '#/components/schemas/AttemptView' }, description: 'The attempts, newest first.' },
      requestBody: {
        anyOf: [{ type: 'null' }, { type: 'string' }],
        description:
          'The first 65,536 characters of the body; `null` if the log no longer has the events, or the attempt does not name them.'
      },
      cut: { type: 'boolean', description: 'Whether the body is longer than `requestBody`.' }
    },
    required: ['deliveryId', 'attempts', 'requestBody', 'cut']
  },
  DesiredState: { type: 'string', enum: ['deleted', 'logged-out', 'running', 'stopped'] },
  EdgeView: {
    type: 'object',
    properties: {
      id: { type: 'string', description: 'The id of the edge. It changes at each start.' },
      answering: { type: 'boolean', description: 'Whether this edge sent the reply.' },
      version: { anyOf: [{ type: 'null' }, { type: 'string' }], description: 'The release of Wabus.' },
      startedAt: { anyOf: [{ type: 'null' }, { type: 'string' }], description: 'When the process started, as an ISO time.' },
      memoryBytes: { anyOf: [{ type: 'null' }, { type: 'number' }], description: 'The memory that the process uses, in bytes.' },
      memoryLimitBytes: {
        anyOf: [{ type: 'null' }, { type: 'number' }],
        description: 'The memory that the process may use at most, in bytes; `null` if there is no limit.'
      },
      cpu: {
        anyOf: [{ type: 'null' }, { type: 'number' }],
        description: 'The average number of processors in use since the previous report.'
      }
    },
    required: ['id', 'answering', 'version', 'startedAt', 'memoryBytes', 'memoryLimitBytes', 'cpu']
  },
  FailingView: {
    type: 'object',
    properties: {
      session: { type: 'string', description: 'The session; `*` in bulk mode, where all sessions share one lane.' },
      chat: {
        anyOf: [{ type: 'null' }, { type: 'string' }],
        description: 'The chat, with `order: chat`; `null` if the event is about no chat or about several.'
      },
      attempts: { type: 'number' },
      nextAttemptAt: { type: 'string', description: 'When the next attempt is made, as an ISO time.' },
      error: { type: 'string' }
    },
    required: ['session', 'chat', 'attempts', 'nextAttemptAt', 'error']
  },
  GroupView: {
    type: 'object',
    properties: {
      jid: { type: 'string' },
      subject: { anyOf: [{ type: 'null' }, { type: 'string' }] },
      group: {
        type: 'object',
        additionalProperties: {},
        description: "Baileys' group metadata, with the fields that events have reported."
      }
    },
    required: ['jid', 'subject', 'group']
  },
  HealthHistory: {
    type: 'object',
    properties: { everySeconds: { type: 'number' }, samples: { type: 'array', items: { $ref: '#/components/schemas/HealthSample' } } },
    required: ['everySeconds', 'samples']
  },
  HealthSample: {
    type: 'object',
    properties: {
      at: { type: 'string', description: 'When the interval ended, as an ISO time.' },
      messagesPerMinute: {
        anyOf: [{ type: 'null' }, { type: 'number' }],
        description: 'The number of events about new messages that this edge received from the log, per minute.'
      },
      commandsPerMinute: {
        anyOf: [{ type: 'null' }, { type: 'number' }],
        description: 'The number of commands that this edge finished, per minute.'
      },
      deliverySeconds: {
        anyOf: [{ type: 'null' }, { type: 'number' }],
        description: 'The mean time of an attempt to deliver to a webhook, in seconds.'
      },
      commandSeconds: { anyOf: [{ type: 'null' }, { type: 'number' }], description: 'The mean time of a command, in seconds.' },
      webhookBacklog: {
        anyOf: [{ type: 'null' }, { type: 'number' }],
        description: 'The number of events that wait for the webhooks of this edge.'
      },
      modelLag: {
        anyOf: [{ type: 'null' }, { type: 'number' }],
        description: 'The number of events that the read models do not contain yet; `null` unless this edge maintains them.'
      },
      memoryBytes: { anyOf: [{ type: 'null' }, { type: 'number' }], description: 'The memory that the process uses, in bytes.' },
      memoryLimitBytes: {
        anyOf: [{ type: 'null' }, { type: 'number' }],
        description: 'The maximum memory of the process, in bytes; `null` without a limit.'
      },
      logBytes: { anyOf: [{ type: 'null' }, { type: 'number' }], description: 'The size of the event log, in bytes.' },
      logLimitBytes: {
        anyOf: [{ type: 'null' }, { type: 'number' }],
        description: 'The size at which the log drops its oldest events, in bytes; `null` without a limit.'
      }
    },
    required: [
      'at',
      'messagesPerMinute',
      'commandsPerMinute',
      'deliverySeconds',
      'commandSeconds',
      'webhookBacklog',
      'modelLag',
      'memoryBytes',
      'memoryLimitBytes',
      'logBytes',
      'logLimitBytes'
    ]
  },
  ImportReport: {
    type: 'object',
    properties: {
      session: { type: 'string' },
      account: { $ref: '#/components/schemas/LinkedAccount' },
      device: { type: 'number', description: 'The number of the linked device within the account.' },
      records: { type: 'object', additionalProperties: { type: 'number' }, description: 'The number of records of each type.' },
      unknown: {
        type: 'object',
        additionalProperties: { type: 'number' },
        description: 'The number of records of each unknown type. They are not imported.'
      },
      credentialsOnly: { type: 'boolean' },
      dryRun: { type: 'boolean', description: 'Whether nothing was imported because the caller requested only a report.' }
    },
    required: ['session', 'account', 'device', 'records', 'unknown', 'credentialsOnly', 'dryRun']
  },
  IssuedToken: {
    type: 'object',
    properties: {
      token: { type: 'string' },
      id: { type: 'string', description: 'Identifies the token without revealing it: the first characters of its hash.' },
      name: { type: 'string' },
      sessions: {
        anyOf: [
          { type: 'string', enum: ['*'] },
          { type: 'array', items: { type: 'string' } }
        ],
        description: 'The sessions that the token may use; `*` for all, including those created later.'
      },
      scopes: { type: 'array', items: { type: 'string', enum: ['admin', 'control', 'read', 'send'] } },
      createdAt: { type: 'string', description: 'When the token was created, as an ISO time.' },
      createdBy: { type: 'string', description: 'The id of the token that created this one.' },
      expiresAt: {
        anyOf: [{ type: 'null' }, { type: 'string' }],
        description: 'When the token expires, as an ISO time; `null` for never.'
      },
      lastUsedAt: {
        anyOf: [{ type: 'null' }, { type: 'string' }],
        description: 'When the token was last used, as an ISO time to the minute; `null` before its first use.'
      }
    },
    required: ['token', 'id', 'name', 'sessions', 'scopes', 'createdAt', 'createdBy', 'expiresAt', 'lastUsedAt']
  },
  LabelView: {
    type: 'object',
    properties: {
      id: { type: 'string' },
      name: { anyOf: [{ type: 'null' }, { type: 'string' }] },
      label: { type: 'object', additionalProperties: {} }
    },
    required: ['id', 'name', 'label']
  },
  LastDisconnect: {
    type: 'object',
    properties: {
      code: { anyOf: [{ type: 'null' }, { type: 'number' }], description: 'The status code from WhatsApp or Baileys, such as 515.' },
      reason: { type: 'string', description: 'The reason as Wabus names it, such as `restart-required`.' },
      message: { type: 'string', description: 'What the reason means and what to do, for people.' },
      at: { type: 'string' },
      willReconnect: { type: 'boolean' },
      nextAttemptAt: {
        anyOf: [{ type: 'null' }, { type: 'string' }],
        description: 'When the next attempt begins, as an ISO time; `null` if none is planned.'
      },
      refusal: { $ref: '#/components/schemas/LoginRefusal' },
      restrictedUntil: {
        anyOf: [{ type: 'null' }, { type: 'string' }],
        description:
          'When the restriction ends, if WhatsApp unlinked this device while the account was restricted; `null` if the end is unknown. Missing if no restriction was known.'
      },
      unacknowledged: { $ref: '#/components/schemas/UnacknowledgedStanza' }
    },
    required: ['code', 'reason', 'message', 'at', 'willReconnect', 'nextAttemptAt']
  },
  LidMapView: { type: 'object', properties: { lid: { type: 'string' }, pn: { type: 'string' } }, required: ['lid', 'pn'] },
  LinkedAccount: {
    type: 'object',
    properties: {
      id: { type: 'string', description: 'The jid of the phone number.' },
      lid: { anyOf: [{ type: 'null' }, { type: 'string' }] },
      name: { anyOf: [{ type: 'null' }, { type: 'string' }] },
      platform: { anyOf: [{ type: 'null' }, { type: 'string' }], description: 'The platform of the phone, as WhatsApp reports it.' }
    },
    required: ['id', 'lid', 'name', 'platform']
  },
  LoginCode: {
    type: 'object',
    properties: { code: { type: 'string' }, expiresAt: { type: 'string', description: 'When the code expires, as an ISO time.' } },
    required: ['code', 'expiresAt']
  },
  LoginRefusal: {
    type: 'object',
    properties: {
      location: {
        anyOf: [{ type: 'null' }, { type: 'string' }],
        description: 'Where in its service WhatsApp refused the login, such as `vll` for a lock.'
      },
      cause: {
        anyOf: [
          { type: 'string', enum: ['blocked-by-many', 'broadcast-list', 'same-message', 'too-many-groups', 'too-many-people'] },
          { type: 'null' }
        ],
        description: 'The cause of a temporary ban; `null` for any other refusal and for an unknown cause.'
      },
      until: { anyOf: [{ type: 'null' }, { type: 'string' }], description: 'When a temporary ban ends, as an ISO time.' },
      message: { anyOf: [{ type: 'null' }, { type: 'string' }] },
      url: { anyOf: [{ type: 'null' }, { type: 'string' }] },
      header: {
        anyOf: [{ type: 'null' }, { type: 'string' }],
        description: 'The headline and the text that the official client shows, for people.'
      },
      text: { anyOf: [{ type: 'null' }, { type: 'string' }] },
      violation: { anyOf: [{ type: 'null' }, { type: 'string' }], description: "WhatsApp's number for the violated rule." }
    },
    required: ['location', 'cause', 'until', 'message', 'url', 'header', 'text', 'violation']
  },
  LoginReply: { type: 'object', properties: { id: { type: 'string' }, expiresAt: { type: 'string' } }, required: ['id', 'expiresAt'] },
  LoginView: {
    type: 'object',
    properties: {
      id: { type: 'string', description: 'Identifies the login without revealing its cookie.' },
      token: {
        type: 'string',
        description: 'The id of the token that was used to log in. The login permits what this token permits, and ends with it.'
      },
      agent: { anyOf: [{ type: 'null' }, { type: 'string' }], description: 'The user agent of the browser; `null` if it sent none.' },
      createdAt: { type: 'string', description: 'ISO times.' },
      expiresAt: { type: 'string' },
      lastUsedAt: {
        anyOf: [{ type: 'null' }, { type: 'string' }],
        description: 'When the login was last used, as an ISO time to the minute; `null` before the first use is stored.'
      },
      current: { type: 'boolean', description: 'Whether this login was used for the request.' }
    },
    required: ['id', 'token', 'agent', 'createdAt', 'expiresAt', 'lastUsedAt', 'current']
  },
  MediaReference: {
    type: 'object',
    properties: {
      media: {
        type: 'string',
        description: 'The reference of the file, for commands of this session and `GET /api/sessions/:session/media/:media`.'
      },
      mimetype: { type: 'string', description: 'The media type, detected from the first bytes; otherwise the type that the sender gave.' },
      bytes: { type: 'number' },
      sha256: { type: 'string', description: 'The SHA-256 of the content, in hex.' },
      expiresAt: { type: 'string', description: 'When the file may be deleted, as an ISO time.' },
      fileName: { type: 'string', description: 'The file name that the sender chose.' }
    },
    required: ['media', 'mimetype', 'bytes', 'sha256', 'expiresAt']
  },
  ModelStatus: {
    type: 'object',
    properties: {
      state: {
        type: 'string',
        enum: ['absent', 'current', 'rebuilding'],
        description:
          '`absent`: the session has no events yet. `current`: the models follow the event log. `rebuilding`: a rebuild is pending or running.'
      },
      projected: {
        type: 'number',
        description:
          'The models of sessions that are not being rebuilt contain all events up to the number `projected`. `newest` is the number of the newest event in the log.'
      },
      newest: { type: 'number' },
      rebuild: {
        anyOf: [{ type: 'null' }, { $ref: '#/components/schemas/RebuildView' }],
        description: 'The pending or running rebuild; `null` if there is none.'
      },
      skipped: { type: 'number', description: 'The number of events that could not be projected since the models were last built.' },
      lastSkipped: { anyOf: [{ type: 'null' }, { $ref: '#/components/schemas/SkippedEventView' }] }
    },
    required: ['state', 'projected', 'newest', 'rebuild', 'skipped', 'lastSkipped']
  },
  NewChatQuota: {
    type: 'object',
    properties: {
      total: { anyOf: [{ type: 'null' }, { type: 'number' }] },
      used: { anyOf: [{ type: 'null' }, { type: 'number' }] },
      state: { type: 'string', description: '`NONE`, `FIRST_WARNING`, `SECOND_WARNING` or `CAPPED`.' },
      cycleEnd: { anyOf: [{ type: 'null' }, { type: 'string' }], description: 'When the next cycle begins, as an ISO time.' }
    },
    required: ['total', 'used', 'state', 'cycleEnd']
  },
  OwnedSessionView: {
    type: 'object',
    properties: {
      session: { type: 'string' },
      state: { type: 'string', enum: ['connecting', 'failed', 'logged-out', 'open', 'pairing', 'starting', 'stopped', 'waiting'] },
      epoch: { type: 'number', description: 'The epoch under which the status was written.' },
      updatedAt: { type: 'string', description: 'When the status was written, as an ISO time.' }
    },
    required: ['session', 'state', 'epoch', 'updatedAt']
  },
  OwnershipView: {
    type: 'object',
    properties: {
      connectors: { type: 'array', items: { $ref: '#/components/schemas/ConnectorView' } },
      edges: { type: 'array', items: { $ref: '#/components/schemas/EdgeView' } },
      unowned: {
        type: 'array',
        items: { $ref: '#/components/schemas/OwnedSessionView' },
        description: 'The sessions that no connector currently runs: stopped, logged out, or between two owners.'
      }
    },
    required: ['connectors', 'edges', 'unowned']
  },
  PasskeyError: {
    type: 'object',
    properties: {
      reason: {
        type: 'string',
        enum: [
          'code-differs',
          'connection-lost',
          'invalid-answer',
          'no-answer',
          'no-options',
          'not-finished',
          'phone-did-not-continue',
          'refused'
        ]
      },
      step: {
        anyOf: [{ type: 'string', enum: ['nonce', 'options', 'prologue', 'ref', 'request'] }, { type: 'null' }],
        description: 'The step that WhatsApp refused or did not answer.'
      },
      statusCode: { anyOf: [{ type: 'null' }, { type: 'number' }], description: "WhatsApp's status code." }
    },
    required: ['reason', 'step', 'statusCode']
  },
  PasskeyGlimpse: {
    type: 'object',
    properties: { stage: { type: 'string', enum: ['assertion', 'confirmation', 'failed', 'finishing', 'sending', 'waiting-for-phone'] } },
    required: ['stage']
  },
  PasskeyOptions: {
    type: 'object',
    properties: {
      challenge: { type: 'string' },
      rpId: { type: 'string' },
      timeout: { type: 'number', description: 'In milliseconds.' },
      allowCredentials: {
        type: 'array',
        items: {
          type: 'object',
          properties: { type: { type: 'string' }, id: { type: 'string' }, transports: { type: 'array', items: { type: 'string' } } },
          required: ['type', 'id']
        }
      },
      userVerification: { type: 'string' },
      extensions: { type: 'object', additionalProperties: {} }
    },
    required: ['challenge', 'rpId']
  },
  PasskeyRecord: {
    type: 'object',
    properties: {
      stage: {
        anyOf: [
          { type: 'string', enum: ['assertion', 'confirmation', 'failed', 'finishing', 'sending', 'waiting-for-phone'] },
          { type: 'null' }
        ],
        description: 'The stage; `null` once the link has ended because the account is linked or the attempt was canceled.'
      },
      requestedAt: { type: 'string', description: 'When WhatsApp asked for the passkey, as an ISO time.' },
      expiresAt: {
        anyOf: [{ type: 'null' }, { type: 'string' }],
        description: 'When the stage ends unless something happens, as an ISO time.'
      },
      code: {
        anyOf: [{ type: 'null' }, { type: 'string' }],
        description: 'The code in the form `XXXX-XXXX`, once the phone has answered, even if nobody has to compare it.'
      },
      compare: { type: 'boolean', description: 'Whether somebody must compare the code.' },
      error: { anyOf: [{ type: 'null' }, { $ref: '#/components/schemas/PasskeyError' }] }
    },
    required: ['stage', 'requestedAt', 'expiresAt', 'code', 'compare', 'error']
  },
  PasskeyView: {
    type: 'object',
    properties: {
      session: { type: 'string' },
      options: { anyOf: [{ type: 'null' }, { $ref: '#/components/schemas/PasskeyOptions' }] },
      stage: {
        anyOf: [
          { type: 'string', enum: ['assertion', 'confirmation', 'failed', 'finishing', 'sending', 'waiting-for-phone'] },
          { type: 'null' }
        ],
        description: 'The stage; `null` once the link has ended because the account is linked or the attempt was canceled.'
      },
      requestedAt: { type: 'string', description: 'When WhatsApp asked for the passkey, as an ISO time.' },
      expiresAt: {
        anyOf: [{ type: 'null' }, { type: 'string' }],
        description: 'When the stage ends unless something happens, as an ISO time.'
      },
      code: {
        anyOf: [{ type: 'null' }, { type: 'string' }],
        description: 'The code in the form `XXXX-XXXX`, once the phone has answered, even if nobody has to compare it.'
      },
      compare: { type: 'boolean', description: 'Whether somebody must compare the code.' },
      error: { anyOf: [{ type: 'null' }, { $ref: '#/components/schemas/PasskeyError' }] }
    },
    required: ['session', 'options', 'stage', 'requestedAt', 'expiresAt', 'code', 'compare', 'error']
  },
  PollOptionView: {
    type: 'object',
    properties: {
      name: { type: 'string' },
      votes: { type: 'number' },
      voters: { type: 'array', items: { type: 'string' }, description: 'The people who chose the option; `me` for this account.' }
    },
    required: ['name', 'votes', 'voters']
  },
  PollView: {
    type: 'object',
    properties: {
      name: { anyOf: [{ type: 'null' }, { type: 'string' }], description: 'The question; `null` if it is unknown.' },
      voters: { type: 'number', description: 'The number of people who have voted.' },
      options: {
        type: 'array',
        items: { $ref: '#/components/schemas/PollOptionView' },
        description: 'The options, in the order of the poll.'
      }
    },
    required: ['name', 'voters', 'options']
  },
  PrincipalView: {
    type: 'object',
    properties: {
      id: { type: 'string', description: 'Identifies the token, or the subject of the JWT, without revealing it.' },
      sessions: {
        anyOf: [
          { type: 'string', enum: ['*'] },
          { type: 'array', items: { type: 'string' } }
        ],
        description: 'The sessions that the token may use; `*` for all, including those created later.'
      },
      scopes: {
        type: 'array',
        items: { type: 'string', enum: ['admin', 'control', 'read', 'send'] },
        description: '`admin` includes the other scopes.'
      },
      expiresAt: { anyOf: [{ type: 'null' }, { type: 'string' }], description: 'When the token expires, as an ISO time; `null` for never.' }
    },
    required: ['id', 'sessions', 'scopes', 'expiresAt']
  },
  ProxyView: {
    type: 'object',
    properties: {
      url: { type: 'string' },
      authenticated: { type: 'boolean', description: 'Whether the proxy has a user and a password.' }
    },
    required: ['url', 'authenticated']
  },
  ReactionView: {
    type: 'object',
    properties: {
      sender: { type: 'string', description: 'The sender of the reaction; `me` for this account.' },
      text: { type: 'string' },
      at: {
        anyOf: [{ type: 'null' }, { type: 'number' }],
        description: 'The time according to the sender, in ms since 1970; `null` if it is unknown.'
      }
    },
    required: ['sender', 'text', 'at']
  },
  RebuildView: {
    type: 'object',
    properties: {
      discard: { type: 'boolean', description: 'Whether the rebuild drops records whose events are no longer in the log.' },
      requestedAt: { type: 'string', description: 'When the rebuild was requested, as an ISO time.' },
      progress: { type: 'number', description: 'The progress from 0 to 1.' }
    },
    required: ['discard', 'requestedAt', 'progress']
  },
  ReceiptView: {
    type: 'object',
    properties: {
      user: { type: 'string' },
      receivedAt: { anyOf: [{ type: 'null' }, { type: 'number' }] },
      readAt: { anyOf: [{ type: 'null' }, { type: 'number' }] },
      playedAt: { anyOf: [{ type: 'null' }, { type: 'number' }] }
    },
    required: ['user', 'receivedAt', 'readAt', 'playedAt']
  },
  SessionCounters: {
    type: 'object',
    properties: {
      eventsPublished: { type: 'number', description: 'The number of events stored in the log.' },
      messagesIn: { type: 'number', description: 'The number of messages from others that could be decrypted.' },
      messagesOut: { type: 'number', description: 'The number of messages sent by command and confirmed by WhatsApp.' },
      opens: { type: 'number', description: 'The number of connections that reached `open`.' },
      reconnects: {
        type: 'number',
        description: 'The number of connections that ended without a request and were followed by another attempt.'
      },
      reconnectLoops: { type: 'number', description: 'The number of times that `reconnectLoopSince` was set.' }
    },
    required: ['eventsPublished', 'messagesIn', 'messagesOut', 'opens', 'reconnects', 'reconnectLoops']
  },
  SessionSettingsView: {
    type: 'object',
    properties: {
      session: { type: 'string' },
      browser: { $ref: '#/components/schemas/BrowserIdentity' },
      version: {
        anyOf: [{ type: 'null' }, { type: 'string' }],
        description: "The version of WhatsApp Web, such as `2.3000.1027934701`; `null` for the connector's."
      },
      proxy: {
        anyOf: [{ type: 'null' }, { $ref: '#/components/schemas/ProxyView' }],
        description: 'The proxy of the session, without user and password; `null` if the session has none.'
      },
      webhook: {
        anyOf: [{ type: 'null' }, { type: 'string' }],
        description: 'The URL of the webhook in these settings; `null` if there is none. Other webhooks of the session are not listed here.'
      },
      webhookId: { anyOf: [{ type: 'null' }, { type: 'string' }] },
      bulk: { type: 'boolean' },
      passkeyCode: { type: 'string', enum: ['always', 'auto'], description: 'When somebody must compare the code of a passkey link.' },
      ignore: {
        type: 'array',
        items: { type: 'string', enum: ['broadcasts', 'channels', 'groups', 'status'] },
        description: 'The kinds of chats whose events are not emitted.'
      },
      addressing: {
        anyOf: [{ type: 'string', enum: ['auto', 'lid', 'pn'] }, { type: 'null' }],
        description: "The kind of jid that direct messages are sent to; `null` for the connector's setting."
      },
      webhookSecret: {
        type: 'string',
        description: 'The secret for verifying deliveries. Only the request that created the webhook returns it.'
      }
    },
    required: ['session', 'browser', 'version', 'proxy', 'webhook', 'webhookId', 'bulk', 'passkeyCode', 'ignore', 'addressing']
  },
  SessionStatus: {
    type: 'object',
    properties: {
      session: { type: 'string' },
      state: { type: 'string', enum: ['connecting', 'failed', 'logged-out', 'open', 'pairing', 'starting', 'stopped', 'waiting'] },
      connector: {
        anyOf: [{ type: 'null' }, { type: 'string' }],
        description: 'The connector that owns the session; `null` if none does.'
      },
      epoch: { type: 'number', description: 'The epoch under which the owner wrote the status.' },
      account: { anyOf: [{ type: 'null' }, { $ref: '#/components/schemas/LinkedAccount' }] },
      lastDisconnect: { anyOf: [{ type: 'null' }, { $ref: '#/components/schemas/LastDisconnect' }] },
      failures: {
        type: 'number',
        description:
          'The number of consecutive connections that ended before they were stable. It is 0 again once a connection has stayed open for a while.'
      },
      reconnectLoopSince: {
        anyOf: [{ type: 'null' }, { type: 'string' }],
        description:
          'The ISO time since which the session counts as looping, because many connections failed in a row; `null` again once a connection has stayed open for a while.'
      },
      lastInboundAt: {
        anyOf: [{ type: 'null' }, { type: 'string' }],
        description: 'When the last frame from WhatsApp arrived, as an ISO time. It lags by a few seconds while the state does not change.'
      },
      clientVersion: {
        anyOf: [{ type: 'null' }, { type: 'string' }],
        description:
          'The version of WhatsApp Web that the last connection presented, such as `2.3000.1043857760`; `null` before the first connection.'
      },
      clientExpiresAt: {
        anyOf: [{ type: 'null' }, { type: 'string' }],
        description:
          'When WhatsApp will refuse that version according to its announcement, as an ISO time; `null` without an announcement, and after WhatsApp has withdrawn it.'
      },
      lastMessageAt: {
        anyOf: [{ type: 'null' }, { type: 'string' }],
        description:
          'When the last readable message from somebody else arrived, as an ISO time that is as current as `lastInboundAt`. If it is old in a busy account while `lastInboundAt` is recent, WhatsApp may be holding messages back. Missing in records of older connectors.'
      },
      resendsHeldBackAt: {
        anyOf: [{ type: 'null' }, { type: 'string' }],
        description:
          'When the session last withheld resends that devices requested, because too many resends get an account locked. ISO time, to the minute; `null` if never. Missing in records of older connectors.'
      },
      restriction: {
        anyOf: [{ type: 'null' }, { $ref: '#/components/schemas/AccountRestriction' }],
        description:
          'The restriction on writing to new people, as WhatsApp last reported it; `null` if there is none. It ends at `until`. Missing in records of older connectors.'
      },
      newChats: {
        anyOf: [{ type: 'null' }, { $ref: '#/components/schemas/NewChatQuota' }],
        description:
          'The quota for new chats as WhatsApp last reported it; `null` if it has not reported one. A change of `used` alone emits no event. Missing in records of older connectors.'
      },
      counters: { $ref: '#/components/schemas/SessionCounters' },
      snapshots: {
        type: 'array',
        items: { type: 'string' },
        description: 'When the credentials that `restoreSession` can restore were saved, as ISO times, newest first.'
      },
      passkey: {
        anyOf: [{ type: 'null' }, { $ref: '#/components/schemas/PasskeyRecord' }, { $ref: '#/components/schemas/PasskeyGlimpse' }],
        description:
          'A passkey link that is in progress or has just failed. Callers without the scope `control`, and `session.status`, see only its stage.'
      },
      appeal: {
        anyOf: [{ type: 'null' }, { $ref: '#/components/schemas/AccountAppeal' }],
        description: 'Present only if the account is locked and the caller has the scope `control`; never in `session.status`.'
      },
      updatedAt: { type: 'string' }
    },
    required: [
      'session',
      'state',
      'connector',
      'epoch',
      'account',
      'lastDisconnect',
      'failures',
      'reconnectLoopSince',
      'lastInboundAt',
      'clientVersion',
      'clientExpiresAt',
      'counters',
      'snapshots',
      'passkey',
      'updatedAt'
    ]
  },
  SessionView: {
    type: 'object',
    properties: {
      session: { type: 'string' },
      desired: { $ref: '#/components/schemas/DesiredState' },
      createdAt: { type: 'string' },
      status: { $ref: '#/components/schemas/SessionStatus' },
      deletion: {
        type: 'object',
        properties: { step: { type: 'string', enum: ['connector', 'edge'] }, waitsFor: { type: 'string' } },
        required: ['step', 'waitsFor'],
        description: 'For a session that is being deleted: the current step, and what it waits for.'
      }
    },
    required: ['session', 'desired', 'createdAt', 'status']
  },
  SkippedEventView: {
    type: 'object',
    properties: {
      event: {
        type: 'string',
        enum: [
          'app-state.collection-failed',
          'auth.pairing-code',
          'auth.passkey',
          'auth.qr',
          'blocklist.set',
          'blocklist.update',
          'call',
          'chats.delete',
          'chats.lock',
          'chats.update',
          'chats.upsert',
          'connection.update',
          'contacts.update',
          'contacts.upsert',
          'creds.update',
          'group-participants.update',
          'group.join-request',
          'group.member-tag.update',
          'groups.update',
          'groups.upsert',
          'labels.association',
          'labels.edit',
          'lid-mapping.update',
          'message-capping.update',
          'message-receipt.update',
          'message.poll-vote',
          'message.progress',
          'message.unopened',
          'messages.delete',
          'messages.media-update',
          'messages.reaction',
          'messages.update',
          'messages.upsert',
          'messaging-history.set',
          'messaging-history.status',
          'newsletter-participants.update',
          'newsletter-settings.update',
          'newsletter.reaction',
          'newsletter.view',
          'presence.update',
          'session.status',
          'settings.update',
          'whatsapp.notification'
        ]
      },
      at: { type: 'string', description: 'When the event was skipped, as an ISO time.' },
      cursor: { type: 'string', description: 'The position right after the event in the event log.' },
      reason: { type: 'string', description: 'An error code, or the name of the error.' }
    },
    required: ['event', 'at', 'cursor', 'reason']
  },
  StoredMessageView: {
    type: 'object',
    properties: {
      chat: { type: 'string' },
      id: { type: 'string' },
      fromMe: { type: 'boolean' },
      participant: {
        anyOf: [{ type: 'null' }, { type: 'string' }],
        description: 'The sender, in a group or a status post; `null` if the message has none.'
      },
      timestamp: { type: 'number', description: 'The time of the message, in seconds since 1970.' },
      text: {
        anyOf: [{ type: 'null' }, { type: 'string' }],
        description: 'The text or caption after the newest edit; `null` if there is none.'
      },
      editedAt: {
        anyOf: [{ type: 'null' }, { type: 'string' }],
        description: 'The ISO time of the event with the newest edit; `null` if the message was not edited.'
      },
      revokedAt: {
        anyOf: [{ type: 'null' }, { type: 'string' }],
        description: 'The ISO time of the event that revoked the message; `null` if it was not revoked.'
      },
      reactions: { type: 'array', items: { $ref: '#/components/schemas/ReactionView' } },
      receipts: { type: 'array', items: { $ref: '#/components/schemas/ReceiptView' } },
      poll: {
        anyOf: [{ type: 'null' }, { $ref: '#/components/schemas/PollView' }],
        description: 'The tally of a poll; `null` for other messages.'
      },
      labels: { type: 'array', items: { type: 'string' } },
      message: {
        anyOf: [{ type: 'null' }, { type: 'object', additionalProperties: {} }],
        description: "Baileys' message as in the event log; `null` if it was too large to copy."
      }
    },
    required: [
      'chat',
      'id',
      'fromMe',
      'participant',
      'timestamp',
      'text',
      'editedAt',
      'revokedAt',
      'reactions',
      'receipts',
      'poll',
      'labels',
      'message'
    ]
  },
  SubscriptionView: {
    type: 'object',
    properties: {
      createdBy: {
        anyOf: [{ type: 'null' }, { type: 'string' }],
        description:
          'The id of the token (or subject of a JWT) that created the subscription, as in `GET /api/tokens` and `GET /api/principal`. The same as `owner`.'
      },
      waiting: { type: 'number', description: 'The number of events that have not been delivered yet.' },
      underWay: { type: 'number', description: 'The number of deliveries to any client that have not been acknowledged yet.' },
      deadLetters: { type: 'number' },
      name: { type: 'string' },
      id: { type: 'string', description: 'Distinguishes the subscription from a removed one with the same name.' },
      start: { type: 'string', description: 'The cursor where the subscription began.' },
      owner: {
        type: 'string',
        description: 'The id of the principal that created the subscription. It identifies the token in logs without revealing it.'
      },
      createdAt: { type: 'string', description: 'ISO times.' },
      updatedAt: { type: 'string' },
      events: {
        type: 'array',
        items: { type: 'string' },
        description:
          'The names of events. `*` stands for all events, and a name may end in `.*`. The list is sorted, and no name covers another.'
      },
      sessions: {
        anyOf: [
          { type: 'string', enum: ['*'] },
          { type: 'array', items: { type: 'string' } }
        ]
      },
      ackWaitMs: {
        type: 'number',
        description: 'How long a client may take to acknowledge a delivery, in ms. After that, the event is delivered again, to any client.'
      },
      maxInFlight: {
        type: 'number',
        description:
          'The number of deliveries that one client may have unacknowledged. With 1, only one delivery is under way over all clients, so the order is kept.'
      },
      maxDeliveries: {
        type: 'number',
        description: 'The number of deliveries without an acknowledgement after which an event becomes a dead letter.'
      }
    },
    required: [
      'createdBy',
      'waiting',
      'underWay',
      'deadLetters',
      'name',
      'id',
      'start',
      'owner',
      'createdAt',
      'updatedAt',
      'events',
      'sessions',
      'ackWaitMs',
      'maxInFlight',
      'maxDeliveries'
    ]
  },
  TestDelivery: {
    type: 'object',
    properties: {
      delivered: { type: 'boolean' },
      deliveryId: { type: 'string' },
      status: { anyOf: [{ type: 'null' }, { type: 'number' }] },
      error: { anyOf: [{ type: 'null' }, { type: 'string' }] },
      durationMs: { type: 'number' }
    },
    required: ['delivered', 'deliveryId', 'status', 'error', 'durationMs']
  },
  TokenDenial: {
    type: 'object',
    properties: {
      id: { type: 'string' },
      kind: { type: 'string', enum: ['jti', 'subject'] },
      value: { type: 'string' },
      deniedAt: { type: 'string' },
      deniedBy: { type: 'string' }
    },
    required: ['id', 'kind', 'value', 'deniedAt', 'deniedBy']
  },
  TokenView: {
    type: 'object',
    properties: {
      id: { type: 'string', description: 'Identifies the token without revealing it: the first characters of its hash.' },
      name: { type: 'string' },
      sessions: {
        anyOf: [
          { type: 'string', enum: ['*'] },
          { type: 'array', items: { type: 'string' } }
        ],
        description: 'The sessions that the token may use; `*` for all, including those created later.'
      },
      scopes: { type: 'array', items: { type: 'string', enum: ['admin', 'control', 'read', 'send'] } },
      createdAt: { type: 'string', description: 'When the token was created, as an ISO time.' },
      createdBy: { type: 'string', description: 'The id of the token that created this one.' },
      expiresAt: {
        anyOf: [{ type: 'null' }, { type: 'string' }],
        description: 'When the token expires, as an ISO time; `null` for never.'
      },
      lastUsedAt: {
        anyOf: [{ type: 'null' }, { type: 'string' }],
        description: 'When the token was last used, as an ISO time to the minute; `null` before its first use.'
      }
    },
    required: ['id', 'name', 'sessions', 'scopes', 'createdAt', 'createdBy', 'expiresAt', 'lastUsedAt']
  },
  UnacknowledgedStanza: {
    type: 'object',
    properties: {
      class: { type: 'string', description: 'The tag of the stanza, such as `status` for a status post.' },
      id: { type: 'string' }
    },
    required: ['class', 'id']
  },
  WebhookCondition: { type: 'string', enum: ['delivering', 'failing', 'refusing'] },
  WebhookOrder: { type: 'string', enum: ['chat', 'none', 'session'] },
  WebhookState: {
    type: 'object',
    properties: {
      edge: { anyOf: [{ type: 'null' }, { type: 'string' }], description: 'The edge that delivers to the webhook; `null` if none does.' },
      cursor: {
        anyOf: [{ type: 'null' }, { type: 'string' }],
        description:
          'The position in the event log before which all events are delivered, except for those that wait in `failing`; `null` before the first event.'
      },
      condition: { $ref: '#/components/schemas/WebhookCondition' },
      refusals: {
        anyOf: [
          { type: 'null' },
          { type: 'object', properties: { inRow: { type: 'number' }, since: { type: 'string' } }, required: ['inRow', 'since'] }
        ],
        description:
          'The number of consecutive events that the endpoint has refused, and the time of the first one; `null` if it accepted the last event.'
      },
      backlog: {
        type: 'object',
        properties: { events: { type: 'number' }, oldestAt: { anyOf: [{ type: 'null' }, { type: 'string' }] } },
        required: ['events', 'oldestAt'],
        description: 'The number of events that wait to be delivered, as far as known, and when the oldest of them was emitted (ISO time).'
      },
      breaker: {
        type: 'object',
        properties: {
          state: { $ref: '#/components/schemas/BreakerState' },
          failures: { type: 'number' },
          until: { anyOf: [{ type: 'null' }, { type: 'string' }] }
        },
        required: ['state', 'failures', 'until']
      },
      failing: { type: 'array', items: { $ref: '#/components/schemas/FailingView' } },
      delivered: { type: 'number' },
      failedAttempts: { type: 'number' },
      deadLetters: { type: 'number' }
    },
    required: ['edge', 'cursor', 'condition', 'refusals', 'backlog', 'breaker', 'failing', 'delivered', 'failedAttempts', 'deadLetters']
  },
  WebhookView: {
    type: 'object',
    properties: {
      id: { type: 'string' },
      url: { type: 'string' },
      events: { type: 'array', items: { type: 'string' } },
      sessions: {
        anyOf: [
          { type: 'string', enum: ['*'] },
          { type: 'array', items: { type: 'string' } }
        ],
        description: 'The sessions; `*` for all.'
      },
      chats: {
        anyOf: [
          { type: 'string', enum: ['*'] },
          { type: 'array', items: { type: 'string' } }
        ],
        description: 'The chats to whose events the webhook is limited; `*` for all events.'
      },
      session: {
        anyOf: [{ type: 'null' }, { type: 'string' }],
        description: 'The session that the webhook belongs to; `null` if it belongs to the whole installation.'
      },
      headerNames: { type: 'array', items: { type: 'string' } },
      bulk: {
        anyOf: [
          { type: 'null' },
          {
            type: 'object',
            properties: { maxEvents: { type: 'number' }, maxWaitMs: { type: 'number' } },
            required: ['maxEvents', 'maxWaitMs']
          }
        ]
      },
      order: { $ref: '#/components/schemas/WebhookOrder' },
      format: { type: 'string', enum: ['cloud-api', 'evolution', 'wabus', 'waha'] },
      extras: {
        type: 'array',
        items: { type: 'string', enum: ['echoes', 'edits', 'groups'] },
        description: 'The additional content with the format `cloud-api`; empty with any other format.'
      },
      formatOptions: {
        anyOf: [
          { type: 'null' },
          {
            type: 'object',
            properties: {
              events: {
                anyOf: [
                  { type: 'string', enum: ['*'] },
                  { type: 'array', items: { type: 'string' } }
                ]
              },
              byEvents: { type: 'boolean' },
              signed: { type: 'boolean' }
            },
            required: ['events', 'byEvents', 'signed']
          }
        ],
        description:
          'The options of the formats `waha` and `evolution`. `signed` is `true` if the webhook has a key for the signature of that format.'
      },
      previousSecretUntil: {
        anyOf: [{ type: 'null' }, { type: 'string' }],
        description: 'Until when deliveries are also signed with the previous secret, as an ISO time; `null` if they are not.'
      },
      timeoutMs: {
        anyOf: [{ type: 'null' }, { type: 'number' }],
        description: 'How long one attempt may take, in ms; `null` for the value of WABUS_WEBHOOK_TIMEOUT_MS.'
      },
      paused: { anyOf: [{ type: 'string', enum: ['egress-denied', 'gone', 'refusing', 'requested', 'token-gone'] }, { type: 'null' }] },
      pauseNote: {
        anyOf: [{ type: 'null' }, { type: 'string' }],
        description: 'Why the webhook is paused and what to do about it, for people; `null` unless it is paused.'
      },
      description: { anyOf: [{ type: 'null' }, { type: 'string' }] },
      createdAt: { type: 'string' },
      createdBy: {
        anyOf: [{ type: 'null' }, { type: 'string' }],
        description:
          'The id of the token (or subject of the JWT) that created the webhook, as in `GET /api/tokens` and `GET /api/principal`; `null` if an early release created it.'
      },
      updatedAt: { type: 'string' },
      updatedBy: {
        anyOf: [{ type: 'null' }, { type: 'string' }],
        description: 'The id of the token that last changed the URL, events, sessions, headers, secret or position.'
      },
      state: { $ref: '#/components/schemas/WebhookState' }
    },
    required: [
      'id',
      'url',
      'events',
      'sessions',
      'chats',
      'session',
      'headerNames',
      'bulk',
      'order',
      'format',
      'extras',
      'formatOptions',
      'previousSecretUntil',
      'timeoutMs',
      'paused',
      'pauseNote',
      'description',
      'createdAt',
      'createdBy',
      'updatedAt',
      'updatedBy',
      'state'
    ]
  }
};
