/**
 * Who may import whom between projects, by the tags in each package.json. Every row says which harm it prevents; there is no `*` row,
 * so a project without a tag may import nothing of ours. What tags cannot see (rooms inside an app) is in .dependency-cruiser.cjs.
 */
const BAILEYS = [
  '@whiskeysockets/baileys',
  '@whiskeysockets/baileys/**',
  'baileys-stock',
  'libsignal',
  'libsignal/**',
  'whatsapp-rust-bridge',
  'libsodium-wrappers-sumo'
];
const SOCKET_IO = ['socket.io', 'socket.io/**', 'socket.io-*', '@nestjs/platform-socket.io', '@nestjs/websockets'];
const NATS = ['@nats-io/*', 'nats'];
const LIBRARIES = ['layer:contracts', 'layer:broker', 'layer:runtime', 'type:testing'];

const depConstraints = [
  {
    // Everything on the wire must stay readable without a server, a broker or an account: it is the part that clients build on.
    sourceTag: 'layer:contracts',
    onlyDependOnLibsWithTags: ['layer:contracts'],
    // Baileys by `import type` only: see no-restricted-imports in eslint.config.mjs.
    allowedExternalImports: [
      'class-validator',
      'class-validator/types/**',
      'class-validator-jsonschema',
      // In tests of the schemas only.
      'ajv/dist/2020.js',
      'class-transformer',
      'class-transformer/cjs/storage.js',
      'reflect-metadata',
      'long',
      '@nestjs/swagger',
      '@whiskeysockets/baileys'
    ]
  },
  {
    // What people install holds no part of the server: types of the contracts in its tests only, and one dependency.
    sourceTag: 'layer:sdk',
    onlyDependOnLibsWithTags: ['layer:contracts', 'layer:sdk'],
    // The last two in tests only: a server to talk to, and the bundler of a page.
    allowedExternalImports: ['socket.io-client', 'socket.io', 'esbuild']
  },
  {
    // What people install in their services: a client of NATS beside the SDK's catalog, and no part of our processes.
    sourceTag: 'layer:nest',
    onlyDependOnLibsWithTags: ['layer:sdk', 'layer:nest', 'layer:contracts', 'type:testing'],
    // The last in tests only, and what a service brings itself to trace.
    allowedExternalImports: [
      ...NATS,
      '@nestjs/common',
      '@nestjs/core',
      '@nestjs/microservices',
      'rxjs',
      'reflect-metadata',
      '@opentelemetry/*'
    ]
  },
  {
    // A page, a tool and the connector read what other gateways kept: it is data, so no server, broker or account is needed to test it.
    sourceTag: 'layer:migrate',
    onlyDependOnLibsWithTags: ['layer:migrate'],
    // The last three in tests only: programs of others that write what is read.
    allowedExternalImports: ['fflate', 'nanotar', 'libsignal', 'libsignal/**', 'whatsapp-rust-bridge']
  },
  {
    // A process's boot, logs and health must not learn the domain, or no other process could use them.
    sourceTag: 'layer:runtime',
    onlyDependOnLibsWithTags: ['layer:runtime'],
    bannedExternalImports: [...BAILEYS, ...SOCKET_IO, ...NATS]
  },
  {
    // The broker moves bytes: if it knew WhatsApp or its clients, exchanging either would mean exchanging it.
    sourceTag: 'layer:broker',
    onlyDependOnLibsWithTags: ['layer:contracts', 'layer:runtime', 'layer:broker', 'type:testing'],
    bannedExternalImports: [...BAILEYS, ...SOCKET_IO]
  },
  {
    // Only the broker speaks NATS, and a connector serves no client.
    sourceTag: 'scope:connector',
    onlyDependOnLibsWithTags: [...LIBRARIES, 'layer:migrate'],
    bannedExternalImports: [...SOCKET_IO, ...NATS]
  },
  {
    // An edge that held a WhatsApp socket could no longer be restarted freely.
    sourceTag: 'scope:edge',
    onlyDependOnLibsWithTags: LIBRARIES,
    bannedExternalImports: [...BAILEYS, ...NATS]
  },
  {
    // The page runs in a browser: it knows what crosses the wire and nothing of the processes behind it.
    sourceTag: 'scope:console',
    onlyDependOnLibsWithTags: ['layer:contracts', 'layer:migrate', 'layer:sdk'],
    bannedExternalImports: [...BAILEYS, ...NATS, '@nestjs/*']
  },
  {
    // What people install beside their passwords holds nothing but what they can read: types of the contracts, and what pages need of a passkey link.
    sourceTag: 'scope:extension',
    onlyDependOnLibsWithTags: ['layer:contracts'],
    allowedExternalImports: []
  },
  {
    // The simulator is the other side of the protocol: sharing our code with it would let one mistake pass on both sides.
    sourceTag: 'scope:simulator',
    onlyDependOnLibsWithTags: ['type:testing'],
    bannedExternalImports: [...SOCKET_IO, ...NATS]
  },
  {
    // Black-box tests see what a user sees: the wire.
    sourceTag: 'type:e2e',
    onlyDependOnLibsWithTags: ['layer:contracts', 'layer:sdk', 'layer:nest', 'type:testing']
  },
  {
    sourceTag: 'type:testing',
    onlyDependOnLibsWithTags: ['layer:contracts', 'type:testing']
  },
  {
    // Apps meet on the wire only. The apps' scope rows say so too; this row also holds for an app without one.
    sourceTag: 'type:app',
    onlyDependOnLibsWithTags: [...LIBRARIES, 'layer:migrate', 'layer:sdk']
  }
];

/** The options of `@nx/enforce-module-boundaries`. */
export const boundaries = {
  allow: [],
  allowCircularSelfDependency: false,
  enforceBuildableLibDependency: false,
  // An import must be declared by the project or by the workspace, or it breaks when somebody else drops it.
  banTransitiveDependencies: true,
  checkNestedExternalImports: false,
  depConstraints
};
