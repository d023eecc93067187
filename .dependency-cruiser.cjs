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
      comment: 'Only one room imports Baileys values, so an upgrade, a patch or another engine changes only this room.',
      severity: 'error',
      from: { path: '^apps/connector/src/', pathNot: ['^apps/connector/src/whatsapp/', SPEC] },
      to: { path: BAILEYS, ...values }
    },
    {
      name: 'baileys-types-at-the-border-only',
      comment:
        'The types of Baileys come from the contracts; only the auth state, which stores them, and a session, which passes them on, use them directly.',
      severity: 'error',
      from: { path: '^apps/connector/src/', pathNot: ['^apps/connector/src/(whatsapp|auth-state|session)/', SPEC] },
      to: { path: BAILEYS }
    },
    {
      name: 'only-the-stock-socket-runs-baileys',
      comment:
        'Black-box tests see only the wire. Stock Baileys sockets, for comparison in the benchmark and for importing sessions, run in separate processes.',
      severity: 'error',
      from: { path: '^apps/e2e/src/', pathNot: '^apps/e2e/src/(bench|import)/stock/' },
      to: { path: BAILEYS, ...values }
    },
    room(
      'session-without-broker',
      '^apps/connector/src/session/',
      '^libs/broker/',
      "A session's lifecycle does not depend on how its events are transported: NATS stays behind ports."
    ),
    room(
      'whatsapp-without-broker-and-settings',
      '^apps/connector/src/whatsapp/',
      ['^libs/broker/', '^libs/runtime/src/config/', '^libs/runtime/src/index', '^apps/connector/src/config/'],
      'An engine receives everything it needs as arguments, so that another engine can be added.'
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
      'A command replies to its caller; its effects on WhatsApp arrive separately as events.'
    ),
    room(
      'events-out-without-commands-in',
      '^apps/connector/src/events-out/',
      '^apps/connector/src/commands-in/',
      'Publishing must not depend on the caller of a command.'
    ),
    {
      name: 'gateway-without-broker-drivers',
      comment:
        "Socket.IO reaches NATS through events-in and commands-out, or every subscription rule would exist twice. The broker's types are permitted, because otherwise they would exist twice.",
      severity: 'error',
      from: { path: '^apps/edge/src/gateway/', pathNot: SPEC },
      to: { path: '^libs/broker/', ...values }
    },
    room(
      'http-without-broker',
      '^apps/edge/src/http/',
      '^libs/broker/',
      'HTTP parses the request, calls commands-out and formats the response.'
    ),
    room(
      'mcp-without-broker-and-other-doors',
      '^apps/edge/src/mcp/',
      ['^libs/broker/', '^apps/edge/src/(gateway|http|webhooks|subscriptions)/'],
      'Tools use commands-out and events-in like the other APIs, and must not depend on those APIs.'
    ),
    room(
      'compat-without-other-doors',
      '^apps/edge/src/compat/',
      '^apps/edge/src/(gateway|mcp|subscriptions|egress|console|connection-api)/',
      'Calls of other gateways are translated and executed like those of our own routes, and must not depend on other APIs.'
    ),
    room(
      'nobody-knows-compat',
      '^apps/edge/src/(auth|commands-out|events-in|egress|gateway|http|mcp|media|read-models|subscriptions|webhooks)/',
      '^apps/edge/src/compat/',
      'Support for programs of other gateways can be turned off, so nothing else may depend on it.'
    ),
    room(
      'only-the-protocol-knows-mcp',
      '^apps/edge/src/mcp/(?!mcp\\.protocol\\.ts$)',
      'node_modules/@modelcontextprotocol/',
      'Only the protocol uses the MCP SDK, which is loaded with the first message of a client; the tools are our own code.'
    ),
    room(
      'cloud-api-without-other-doors',
      '^apps/edge/src/cloud-api/',
      '^apps/edge/src/((gateway|mcp|subscriptions|connection-api|events-in|egress)/|http/(?!wabus-error\\.filter\\.|json-body\\.guard\\.))',
      "Calls in Meta's form become commands, and events are converted to its form, without depending on other APIs."
    ),
    {
      name: 'cloud-api-without-broker-drivers',
      comment:
        "NATS is reached through commands-out, media and the read models. The broker's types are permitted, because otherwise they would exist twice.",
      severity: 'error',
      from: { path: '^apps/edge/src/cloud-api/', pathNot: SPEC },
      to: { path: '^libs/broker/', ...values }
    },
    room(
      'events-in-does-not-know-who-listens',
      '^apps/edge/src/events-in/',
      '^apps/edge/src/(gateway|http|mcp|webhooks|subscriptions|cloud-api)/',
      'One feed serves Socket.IO, HTTP and webhooks, and does not depend on them.'
    ),
    room(
      'subscriptions-do-not-know-who-delivers',
      '^apps/edge/src/subscriptions/',
      '^apps/edge/src/(gateway|http|webhooks|commands-out)/',
      'A durable subscription passes events to a client, however it is connected: Socket.IO stays behind a port.'
    ),
    room(
      'read-models-know-only-the-log',
      '^apps/edge/src/read-models/',
      '^apps/edge/src/(events-in|gateway|http|webhooks|subscriptions|commands-out|egress|media)/',
      'A read model is a function of the log: it uses no connector, and does not depend on its readers.'
    ),
    room(
      'commands-out-does-not-know-who-asks',
      '^apps/edge/src/commands-out/',
      '^apps/edge/src/(gateway|http|mcp|webhooks|cloud-api)/',
      'One path to a connector serves Socket.IO and HTTP, and does not depend on them.'
    ),
    room(
      'auth-knows-no-room',
      '^apps/edge/src/auth/',
      '^apps/edge/src/(events-in|gateway|http|mcp|webhooks|subscriptions|commands-out|media)/',
      'A token determines sessions and scopes, independently of what they are used for.'
    ),
    {
      name: 'egress-is-the-only-way-out',
      comment: 'If a request bypasses the egress guard, the user who provides its URL can direct it to private addresses.',
      severity: 'error',
      from: { path: '^apps/edge/src/', pathNot: ['^apps/edge/src/egress/', SPEC] },
      to: { path: ['node_modules/undici/', '^(node:)?(http|https|http2|net|tls|dgram|dns|dns/promises)$'], ...values }
    },
    room(
      'egress-knows-no-room',
      '^apps/edge/src/egress/',
      '^apps/edge/src/(auth|events-in|gateway|http|webhooks|commands-out|media)/',
      'The guard checks addresses, independently of the caller.'
    ),
    room(
      'webhooks-without-the-live-path',
      '^apps/edge/src/webhooks/',
      '^apps/edge/src/(events-in|gateway|http|commands-out|cloud-api)/',
      'Webhooks read the log at their own pace: a slow one must not affect the live path.'
    ),
    room(
      'extension-page-of-whatsapp-knows-no-gateway',
      '^apps/extension/src/whatsapp/',
      '^apps/extension/src/(gateway|link)/',
      "The code that runs in WhatsApp's page receives options and returns an assertion; it never has the one-time URL."
    ),
    room(
      'extension-gateway-knows-no-page',
      '^apps/extension/src/gateway/',
      '^apps/extension/src/(whatsapp|link)/',
      'Only one place sends requests to the one-time URL, independently of the signer.'
    ),
    {
      name: 'document-builders-in-edges-and-tools-only',
      comment:
        'A connector must start and run without the builders of OpenAPI and AsyncAPI documents; the contracts themselves do not load them.',
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
        'Decisions and codecs are tested row by row, without a server or a clock, so they may only import contracts, node:crypto and each other.',
      severity: 'error',
      from: { path: `^apps/(connector|edge|extension)/.*${PURE}`, pathNot: SPEC },
      to: { pathNot: ['^libs/contracts/', PURE, '\\.(types|errors?)\\.ts$', '^(node:)?crypto$', 'node_modules/long/'], ...values }
    },
    {
      name: 'pure-files-in-libraries-stay-pure',
      comment: 'Like the rule above; a codec in a library may use the number and validation packages that are its subject.',
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
      comment: 'Apps communicate only over the wire. The Nx rule checks package names; this rule also checks relative paths.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' }
    },
    {
      name: 'no-cycles',
      comment: 'A cycle has no first file to read, and with decorators the process crashes at startup.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } }
    },
    {
      name: 'resolvable',
      comment: 'A path that cannot be resolved would bypass every rule above.',
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
