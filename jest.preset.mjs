import { fileURLToPath } from 'node:url';

/** The Jest configuration of every project: native ESM, decorators with metadata, and `.js` specifiers resolved to the TypeScript source. */
export default {
  testEnvironment: fileURLToPath(new URL('tools/test/tier.environment.mjs', import.meta.url)),
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  // `npm test` writes groups of files to the second path.
  testMatch: ['**/src/**/*.spec.ts', '**/dist/spec-groups/*.spec.mjs'],
  transformIgnorePatterns: ['/node_modules/(?!(curve25519-js|libsignal)/)'],
  transform: {
    '/node_modules/curve25519-js/.+\\.js$': fileURLToPath(new URL('tools/test/hoisted-globals.transform.mjs', import.meta.url)),
    '/node_modules/libsignal/.+\\.js$': fileURLToPath(new URL('tools/test/silent-libsignal.transform.mjs', import.meta.url)),
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          keepClassNames: true
        },
        module: { type: 'es6' }
      }
    ]
  }
};
