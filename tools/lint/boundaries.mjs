/**
 * Which projects may import which, by the tags in each package.json. The comment on each row names the harm that it prevents. There is no `*`
 * row, so a project without a tag may import none of our projects. Rules that tags cannot express (rooms inside an app) are in
 * .dependency-cruiser.cjs.
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
    // Clients build on the contracts, so everything on the wire must stay readable without a server, a broker or an account.
    sourceTag: 'layer:contracts',
    onlyDependOnLibsWithTags: ['layer:contracts'],
    // Baileys may be imported only with `import type`: see no-restricted-imports in eslint.config.mjs.
    allowedExternalImports: [
      'class-validator',
      'class-validator/types/**',
      'class-validator-jsonschema',
      // Only in tests of the schemas.
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
    // Users install the SDK, so it contains no part of the server: types of the contracts in its tests only, and one dependency.
    sourceTag: 'layer:sdk',
    onlyDependOnLibsWithTags: ['layer:contracts', 'layer:sdk'],
    // The last two are used only in tests: a server to connect to, and a bundler for a page.
    allowedExternalImports: ['socket.io-client', 'socket.io', 'esbuild']
  },
  {
    // Users install this package in their services: it is a NATS client together with the SDK's catalog, without any part of our processes.
    sourceTag: 'layer:nest',
    onlyDependOnLibsWithTags: ['layer:sdk', 'layer:nest', 'layer:contracts', 'type:testing'],
    // The last one is used only in tests. A service itself needs the others for tracing.
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
    // A page, a tool and the connector read what other gateways have stored. This is data, so tests need no server, broker or account.
    sourceTag: 'layer:migrate',
    onlyDependOnLibsWithTags: ['layer:migrate'],
    // The last three only in tests: other programs that write the data to read.
    allowedExternalImports: ['fflate', 'nanotar', 'libsignal', 'libsignal/**', 'whatsapp-rust-bridge']
  },
  {
    // The startup, logs and health of a process must not depend on the domain, or other processes could not use them.
    sourceTag: 'layer:runtime',
    onlyDependOnLibsWithTags: ['layer:runtime'],
    bannedExternalImports: [...BAILEYS, ...SOCKET_IO, ...NATS]
  },
  {
    // The broker transports bytes: if it depended on WhatsApp or on its clients, replacing either would mean replacing the broker.
    sourceTag: 'layer:broker',
    onlyDependOnLibsWithTags: ['layer:contracts', 'layer:runtime', 'layer:broker', 'type:testing'],
    bannedExternalImports: [...BAILEYS, ...SOCKET_IO]
  },
  {
    // Only the broker uses NATS directly, and a connector serves no clients.
    sourceTag: 'scope:connector',
    onlyDependOnLibsWithTags: [...LIBRARIES, 'layer:migrate'],
    bannedExternalImports: [...SOCKET_IO, ...NATS]
  },
  {
    // An edge with a WhatsApp socket could no longer be restarted at any time.
    sourceTag: 'scope:edge',
    onlyDependOnLibsWithTags: LIBRARIES,
    bannedExternalImports: [...BAILEYS, ...NATS]
  },
  {
    // The page runs in a browser: it may use what crosses the wire, but no code of the processes behind it.
    sourceTag: 'scope:console',
    onlyDependOnLibsWithTags: ['layer:contracts', 'layer:migrate', 'layer:sdk'],
    bannedExternalImports: [...BAILEYS, ...NATS, '@nestjs/*']
  },
  {
    // Users install the extension in the same browser as their passwords, so it contains only code that they can read: types of the contracts,
    // and the page code of a passkey link.
    sourceTag: 'scope:extension',
    onlyDependOnLibsWithTags: ['layer:contracts'],
    allowedExternalImports: []
  },
  {
    // The simulator is the other side of the protocol: if it shared our code, one mistake would pass unnoticed on both sides.
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
    // Apps communicate only over the wire. The scope rows of the apps enforce this too; this row also covers an app without one.
    sourceTag: 'type:app',
    onlyDependOnLibsWithTags: [...LIBRARIES, 'layer:migrate', 'layer:sdk']
  }
];

/** The options of `@nx/enforce-module-boundaries`. */
export const boundaries = {
  allow: [],
  allowCircularSelfDependency: false,
  enforceBuildableLibDependency: false,
  // The project or the workspace must declare each imported package, or the import breaks when another package drops it.
  banTransitiveDependencies: true,
  checkNestedExternalImports: false,
  depConstraints
};
