/**
 * The rules for rooms inside an app (docs/architecture.md), which the Nx tags in tools/lint/boundaries.mjs cannot express.
 * `dependencyTypesNot: ['type-only']` means that `import type` is permitted, because it disappears from the running program.
 */
const BAILEYS = 'node_modules/(@whiskeysockets/baileys|libsignal|whatsapp-rust-bridge)/';
const SPEC = '\\.(spec|conformance|fixture)\\.ts$';
const PURE = '\\.(policy|state|codec|table|schedule|signature)\\.ts$';
const values = { dependencyTypesNot: ['type-only'] };

/** Forbids a room to import values or types from some paths: a room that uses the types of another room depends on it. */
const room = (name, path, to, comment) => ({ name, comment, severity: 'error', from: { path, pathNot: SPEC }, to: { path: to } });

module.exports = {
  forbidden: [
    {
      name: 'only-whatsapp-room-runs-baileys',
      comment: 'One importer of Baileys values: an upgrade, a patch or another engine is then a change in one room.',
      severity: 'error',
      from: { path: '^apps/connector/src/', pathNot: ['^apps/connector/src/whatsapp/', SPEC] },
      to: { path: BAILEYS, ...values }
    },
    {
      name: 'baileys-types-at-the-border-only',
      comment: 'The shapes of Baileys enter through the contracts; besides, the auth state stores them and a session passes them on.',
      severity: 'error',
      from: { path: '^apps/connector/src/', pathNot: ['^apps/connector/src/(whatsapp|auth-state|session)/', SPEC] },
      to: { path: BAILEYS }
    },
    {
      name: 'only-the-stock-socket-runs-baileys',
      comment:
        'Black-box tests see the wire. Stock Baileys sockets, which the benchmark compares with and sessions are imported from, live in processes of their own.',
      severity: 'error',
      from: { path: '^apps/e2e/src/', pathNot: '^apps/e2e/src/(bench|import)/stock/' },
      to: { path: BAILEYS, ...values }
    },
    room(
      'session-without-broker',
      '^apps/connector/src/session/',
      '^libs/broker/',
      "A session's life is decided the same whatever carries its events: NATS stays behind ports."
    ),
    room(
      'whatsapp-without-broker-and-settings',
      '^apps/connector/src/whatsapp/',
      ['^libs/broker/', '^libs/runtime/src/config/', '^libs/runtime/src/index', '^apps/connector/src/config/'],
      'An engine gets everything it needs as arguments, so that another engine can stand beside it.'
    ),
    room(
      'ownership-without-sockets',
      '^apps/connector/src/ownership/',
      '^apps/connector/src/(whatsapp|events-out|commands-in)/',
      'Ownership decides who may run a session, not how it runs: no sockets.'
    ),
    room(
      'commands-in-without-events-out',
      '^apps/connector/src/commands-in/',
      '^apps/connector/src/events-out/',
      'A command answers its caller; what happens on WhatsApp because of it arrives as an event by its own way.'
    ),
    room(
      'events-out-without-commands-in',
      '^apps/connector/src/events-out/',
      '^apps/connector/src/commands-in/',
      'Publishing must not depend on who asked.'
    ),
    {
      name: 'gateway-without-broker-drivers',
      comment:
        "Socket.IO reaches NATS through events-in and commands-out, or every subscription rule would exist twice. The broker's types are free: restating them would.",
      severity: 'error',
      from: { path: '^apps/edge/src/gateway/', pathNot: SPEC },
      to: { path: '^libs/broker/', ...values }
    },
    room('http-without-broker', '^apps/edge/src/http/', '^libs/broker/', 'HTTP parses, asks commands-out and shapes the answer.'),
    room(
      'mcp-without-broker-and-other-doors',
      '^apps/edge/src/mcp/',
      ['^libs/broker/', '^apps/edge/src/(gateway|http|webhooks|subscriptions)/'],
      'Tools ask commands-out and events-in as the other APIs do; how these speak is none of their business.'
    ),
    room(
      'compat-without-other-doors',
      '^apps/edge/src/compat/',
      '^apps/edge/src/(gateway|mcp|subscriptions|egress|console|connection-api)/',
      'Calls of other gateways are translated and made as our own routes make them; how other APIs speak is none of their business.'
    ),
    room(
      'nobody-knows-compat',
      '^apps/edge/src/(auth|commands-out|events-in|egress|gateway|http|mcp|media|read-models|subscriptions|webhooks)/',
      '^apps/edge/src/compat/',
      'Programs of other gateways may be switched off: nothing else depends on them.'
    ),
    room(
      'only-the-protocol-knows-mcp',
      '^apps/edge/src/mcp/(?!mcp\\.protocol\\.ts$)',
      'node_modules/@modelcontextprotocol/',
      'What tools do is ours; the SDK is loaded with the first message of a client.'
    ),
    room(
      'cloud-api-without-other-doors',
      '^apps/edge/src/cloud-api/',
      '^apps/edge/src/((gateway|mcp|subscriptions|connection-api|events-in|egress)/|http/(?!wabus-error\\.filter\\.|json-body\\.guard\\.))',
      "Calls in Meta's form become commands, and events take its form: other APIs are none of its business."
    ),
    {
      name: 'cloud-api-without-broker-drivers',
      comment: "NATS is reached through commands-out, media and the read models. The broker's types are free: restating them would.",
      severity: 'error',
      from: { path: '^apps/edge/src/cloud-api/', pathNot: SPEC },
      to: { path: '^libs/broker/', ...values }
    },
    room(
      'events-in-does-not-know-who-listens',
      '^apps/edge/src/events-in/',
      '^apps/edge/src/(gateway|http|mcp|webhooks|subscriptions|cloud-api)/',
      'One feed serves Socket.IO, HTTP and webhooks alike.'
    ),
    room(
      'subscriptions-do-not-know-who-delivers',
      '^apps/edge/src/subscriptions/',
      '^apps/edge/src/(gateway|http|webhooks|commands-out)/',
      'A durable subscription hands events to a client, whatever connects it: Socket.IO stays behind a port.'
    ),
    room(
      'read-models-know-only-the-log',
      '^apps/edge/src/read-models/',
      '^apps/edge/src/(events-in|gateway|http|webhooks|subscriptions|commands-out|egress|media)/',
      'A read model is a function of the log: it asks no connector, and does not know who reads it.'
    ),
    room(
      'commands-out-does-not-know-who-asks',
      '^apps/edge/src/commands-out/',
      '^apps/edge/src/(gateway|http|mcp|webhooks|cloud-api)/',
      'One way to a connector serves Socket.IO and HTTP alike.'
    ),
    room(
      'auth-knows-no-room',
      '^apps/edge/src/auth/',
      '^apps/edge/src/(events-in|gateway|http|mcp|webhooks|subscriptions|commands-out|media)/',
      'A token says which sessions and scopes, whatever is then done with them.'
    ),
    {
      name: 'egress-is-the-only-way-out',
      comment: 'A request that does not pass the egress guard can be led to private addresses by whoever names its URL.',
      severity: 'error',
      from: { path: '^apps/edge/src/', pathNot: ['^apps/edge/src/egress/', SPEC] },
      to: { path: ['node_modules/undici/', '^(node:)?(http|https|http2|net|tls|dgram|dns|dns/promises)$'], ...values }
    },
    room(
      'egress-knows-no-room',
      '^apps/edge/src/egress/',
      '^apps/edge/src/(auth|events-in|gateway|http|webhooks|commands-out|media)/',
      'The guard judges addresses, whoever asks.'
    ),
    room(
      'webhooks-without-the-live-path',
      '^apps/edge/src/webhooks/',
      '^apps/edge/src/(events-in|gateway|http|commands-out|cloud-api)/',
      'Webhooks read the log at their own pace: one that is slow must not touch the live path.'
    ),
    room(
      'extension-page-of-whatsapp-knows-no-gateway',
      '^apps/extension/src/whatsapp/',
      '^apps/extension/src/(gateway|link)/',
      'What runs beside the page of WhatsApp gets options and answers an assertion: it never holds the one-time address.'
    ),
    room(
      'extension-gateway-knows-no-page',
      '^apps/extension/src/gateway/',
      '^apps/extension/src/(whatsapp|link)/',
      'The one-time address is asked in one place, whoever signs.'
    ),
    {
      name: 'document-builders-in-edges-and-tools-only',
      comment:
        'A connector starts and runs without the builders of OpenAPI and AsyncAPI documents; the contracts themselves do not load them.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: [SPEC, '^libs/contracts/src/docs/', '^apps/edge/src/(http|mcp)/', '^apps/e2e/'] },
      to: { path: '^libs/contracts/src/docs/' }
    },
    {
      name: 'testing-from-tests-only',
      comment: 'Servers, proxies and builders for tests must not ship in a production process.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: [SPEC, '^libs/testing/', '^apps/(e2e|simulator)/'] },
      to: { path: '^libs/testing/' }
    },
    {
      name: 'pure-files-stay-pure',
      comment:
        'Decisions and codecs are tested row by row, without a server or a clock: they import contracts, node:crypto and each other.',
      severity: 'error',
      from: { path: `^apps/(connector|edge|extension)/.*${PURE}`, pathNot: SPEC },
      to: { pathNot: ['^libs/contracts/', PURE, '\\.(types|errors?)\\.ts$', '^(node:)?crypto$', 'node_modules/long/'], ...values }
    },
    {
      name: 'pure-files-in-libraries-stay-pure',
      comment: 'As above; a codec in a library may use the number and validation packages that are its subject.',
      severity: 'error',
      from: { path: `^libs/.*${PURE}`, pathNot: SPEC },
      to: {
        pathNot: [
          '^libs/contracts/',
          PURE,
          '\\.(types|errors?)\\.ts$',
          '^(node:)?crypto$',
          'node_modules/(long|class-validator|class-transformer|reflect-metadata)/'
        ],
        ...values
      }
    },
    {
      name: 'apps-never-import-apps',
      comment: 'Apps meet on the wire. The Nx rule says so for package names; this one also for relative paths.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' }
    },
    {
      name: 'no-cycles',
      comment: 'A cycle has no first file to read, and with decorators it dies at boot.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } }
    },
    {
      name: 'resolvable',
      comment: 'A path that leads nowhere would slip past every rule above.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true }
    }
  ],
  options: {
    includeOnly: ['^(apps|libs)/', 'node_modules', '^(node:)?[a-z_/]+$', '^[.@]'],
    exclude: { path: ['/dist/', '/jest\\.config\\.mjs$'] },
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    webpackConfig: { fileName: 'tools/lint/resolve.cjs' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] }
  }
};
