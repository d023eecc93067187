import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';
import { boundaries } from './tools/lint/boundaries.mjs';
import { fieldWords } from './tools/lint/rules/field-words.mjs';
import { fileName } from './tools/lint/rules/file-name.mjs';
import { injectedByValue } from './tools/lint/rules/injected-by-value.mjs';
import { maxParameters } from './tools/lint/rules/max-parameters.mjs';
import { moduleDialect } from './tools/lint/rules/module-dialect.mjs';
import { onePlace } from './tools/lint/rules/one-place.mjs';
import { testTitle } from './tools/lint/rules/test-title.mjs';

const SPECS = ['**/*.spec.ts', '**/*.conformance.ts', '**/*.fixture.ts', 'apps/e2e/**/*.ts'];
// Tests of whole processes start them with an environment, as a user would.
const READS_ENVIRONMENT = ['libs/runtime/src/config/**', 'libs/testing/**', 'apps/e2e/**', 'tools/**'];

const BAILEYS_VALUES = {
  name: '@whiskeysockets/baileys',
  allowTypeImports: true,
  message: 'The contracts use the types of Baileys but not its code: use `import type`.'
};
const KEEPS_NOTHING = 'The extension must not store anything: its data ends with its page.';
const ENVIRONMENT = 'Read settings through a config class of @wabus/runtime, so that they are validated and documented.';

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '**/.nx/**', '**/coverage/**'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['apps/*/src/**/*.{ts,tsx}', 'libs/*/src/**/*.ts'],
    // Rules that need types are in .oxlintrc.json, because ESLint with types took twenty times as long.
    extends: [tseslint.configs.recommended],
    // The same as in tsconfig.base.json: decorator metadata needs imports by value.
    languageOptions: { parserOptions: { emitDecoratorMetadata: true, experimentalDecorators: true } },
    plugins: {
      '@nx': nx,
      wabus: {
        rules: {
          'field-words': fieldWords,
          'file-name': fileName,
          'injected-by-value': injectedByValue,
          'max-parameters': maxParameters,
          'module-dialect': moduleDialect,
          'one-place': onePlace
        }
      }
    },
    rules: {
      '@nx/enforce-module-boundaries': ['error', boundaries],
      'wabus/field-words': 'error',
      'wabus/file-name': 'error',
      'wabus/injected-by-value': 'error',
      'wabus/max-parameters': 'error',
      'wabus/module-dialect': 'error',
      'wabus/one-place': 'error',

      '@typescript-eslint/no-explicit-any': 'error',
      // Does not check files with decorated classes: decorator metadata needs imports by value, see wabus/injected-by-value.
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports', disallowTypeAnnotations: false }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],

      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'max-lines': ['error', { max: 350, skipBlankLines: true, skipComments: true }]
    }
  },
  {
    files: ['libs/contracts/src/**/*.ts'],
    ignores: SPECS,
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          paths: [BAILEYS_VALUES],
          patterns: [{ regex: '^node:(?!crypto$)', message: 'The contracts do no I/O.' }]
        }
      ]
    }
  },
  {
    files: ['apps/*/src/**/*.{ts,tsx}', 'libs/*/src/**/*.ts'],
    ignores: READS_ENVIRONMENT,
    rules: {
      'no-restricted-properties': ['error', { object: 'process', property: 'env', message: ENVIRONMENT }],
      'no-restricted-imports': [
        'error',
        { paths: ['process', 'node:process'].map(name => ({ name, importNames: ['env', 'default'], message: ENVIRONMENT })) }
      ]
    }
  },
  {
    files: ['apps/edge/src/**/*.ts'],
    ignores: SPECS,
    rules: {
      'no-restricted-globals': [
        'error',
        ...['fetch', 'WebSocket', 'EventSource'].map(name => ({
          name,
          message: 'Use the Egress of apps/edge/src/egress, which checks the destination of a request.'
        }))
      ]
    }
  },
  {
    files: ['apps/extension/src/**/*.ts'],
    ignores: SPECS,
    rules: {
      'no-restricted-globals': [
        'error',
        ...['localStorage', 'sessionStorage', 'indexedDB', 'caches'].map(name => ({ name, message: KEEPS_NOTHING }))
      ],
      'no-restricted-properties': [
        'error',
        { object: 'chrome', property: 'storage', message: KEEPS_NOTHING },
        { object: 'chrome', property: 'cookies', message: KEEPS_NOTHING },
        { object: 'document', property: 'cookie', message: KEEPS_NOTHING }
      ],
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: '@wabus/contracts',
              allowTypeImports: true,
              message:
                "Import types with `import type`, and values from @wabus/contracts/passkey: the rest includes the server's validators."
            }
          ]
        }
      ]
    }
  },
  {
    // n8n nodes: n8n determines their names and structure, and its own lint checks them (tools/n8n/lint.mjs).
    files: ['clients/*/src/**/*.ts'],
    extends: [tseslint.configs.recommended],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports', disallowTypeAnnotations: false }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'max-lines': ['error', { max: 350, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 4],
      'no-console': 'error'
    }
  },
  {
    // These files have one row per entry, so their length depends on the domain.
    files: ['**/*-catalog.ts', '**/*.catalog.ts', '**/*.table.ts'],
    rules: { 'max-lines': 'off' }
  },
  {
    files: SPECS,
    rules: {
      'max-lines': ['error', { max: 600, skipBlankLines: true, skipComments: true }],
      'wabus/max-parameters': 'off'
    }
  },
  {
    files: ['apps/simulator/src/**/*.ts', 'apps/e2e/**/*.ts'],
    rules: { 'no-console': 'off' }
  },
  {
    // The SDK has no log: it prints errors that no listener handles.
    files: ['libs/sdk/src/link/listeners.ts', 'libs/sdk/src/link/printed.fixture.ts'],
    rules: { 'no-console': 'off' }
  },
  {
    // Examples are separate programs that read their settings from the environment, like the programs of their readers.
    files: ['tools/**/*.mjs', '*.mjs', 'examples/**/*.{mjs,cjs}'],
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-undef-init': 'error',
      'no-unused-vars': 'error',
      'max-params': ['error', 4]
    }
  },
  {
    files: ['**/*.spec.{ts,tsx,mjs}', '**/*.conformance.ts'],
    ignores: ['tools/lint/**'],
    plugins: { titles: { rules: { 'test-title': testTitle } } },
    rules: { 'titles/test-title': 'error' }
  }
);
