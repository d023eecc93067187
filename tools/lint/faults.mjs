/**
 * One fault per rule: a file that must fail the lint, and the rule that must report it. `tool` is `eslint` (through Nx), `oxlint` or
 * `depcruise`.
 * Each fault is in a separate file, so that a rule which no longer fires is found by name.
 */
const eslint = (rule, file, code) => ({ tool: 'eslint', rule, file, code });
const typed = (rule, file, code) => ({ tool: 'oxlint', rule, file, code });
const cruise = (rule, file, code) => ({ tool: 'depcruise', rule, file, code });
const NX = '@nx/enforce-module-boundaries';

export const faults = [
  eslint(NX, 'apps/edge/src/http/baileys.reader.ts', "import { delay } from '@whiskeysockets/baileys';\n\nexport const pause = delay;\n"),
  eslint(
    NX,
    'apps/edge/src/http/baileys-shape.reader.ts',
    "import type { WASocket } from '@whiskeysockets/baileys';\n\nexport type Shape = WASocket;\n"
  ),
  eslint(
    NX,
    'apps/edge/src/http/other-app.reader.ts',
    "import * as connector from '@wabus/connector';\n\nexport const found = connector;\n"
  ),
  eslint(NX, 'apps/edge/src/http/nats.reader.ts', "import { connect } from '@nats-io/transport-node';\n\nexport const open = connect;\n"),
  eslint(
    NX,
    'apps/connector/src/session/socket-io.reader.ts',
    "import { Server } from 'socket.io';\n\nexport const server = new Server();\n"
  ),
  eslint(
    NX,
    'apps/connector/src/session/nats.reader.ts',
    "import { connect } from '@nats-io/transport-node';\n\nexport const open = connect;\n"
  ),
  eslint(NX, 'apps/simulator/src/broker.reader.ts', "import * as broker from '@wabus/broker';\n\nexport const found = broker;\n"),
  eslint(NX, 'apps/e2e/src/broker.reader.ts', "import * as broker from '@wabus/broker';\n\nexport const found = broker;\n"),
  eslint(NX, 'libs/contracts/src/broker.reader.ts', "import * as broker from '@wabus/broker';\n\nexport const found = broker;\n"),
  eslint(NX, 'libs/contracts/src/nest.reader.ts', "import { Logger } from '@nestjs/common';\n\nexport const logger = new Logger();\n"),
  eslint(NX, 'libs/nest/src/broker.reader.ts', "import * as broker from '@wabus/broker';\n\nexport const found = broker;\n"),
  eslint(NX, 'libs/migrate/src/broker.reader.ts', "import * as broker from '@wabus/broker';\n\nexport const found = broker;\n"),
  eslint(NX, 'libs/runtime/src/contracts.reader.ts', "import * as contracts from '@wabus/contracts';\n\nexport const found = contracts;\n"),
  eslint(NX, 'libs/broker/src/baileys.reader.ts', "import { delay } from '@whiskeysockets/baileys';\n\nexport const pause = delay;\n"),
  eslint(NX, 'libs/testing/src/broker.reader.ts', "import * as broker from '@wabus/broker';\n\nexport const found = broker;\n"),
  eslint(
    '@typescript-eslint/no-restricted-imports',
    'libs/contracts/src/baileys.reader.ts',
    "import { delay } from '@whiskeysockets/baileys';\n\nexport const pause = delay;\n"
  ),
  eslint(
    '@typescript-eslint/no-restricted-imports',
    'libs/contracts/src/disk.reader.ts',
    "import { readFileSync } from 'node:fs';\n\nexport const read = readFileSync;\n"
  ),
  eslint('no-restricted-properties', 'libs/broker/src/environment.reader.ts', 'export const url = process.env.NATS_URL;\n'),
  eslint('no-restricted-properties', 'apps/edge/src/environment.reader.ts', 'export const { env } = process;\n'),
  eslint(
    'no-restricted-imports',
    'apps/connector/src/environment.reader.ts',
    "import { env } from 'node:process';\n\nexport const url = env.NATS_URL;\n"
  ),
  eslint('wabus/file-name', 'libs/contracts/src/utils.ts', 'export const one = 1;\n'),
  eslint('wabus/file-name', 'libs/contracts/src/StreamReader.ts', 'export const one = 1;\n'),
  eslint('wabus/file-name', 'libs/contracts/src/stream.shelf.ts', 'export const one = 1;\n'),
  eslint('wabus/file-name', 'libs/runtime/src/stream.striker.spec.ts', 'export const one = 1;\n'),
  ...[
    ['function', 'export function tell(): void {\n  return;\n}\n'],
    ['class', 'export class MediaDesk {}\n'],
    ['member', 'export abstract class Session {\n  abstract letGo(): void;\n}\n'],
    ['private', 'export class Session {\n  #heardAt = 0;\n\n  get at(): number {\n    return this.#heardAt;\n  }\n}\n'],
    ['parameter', 'export const found = (door: string): string => door;\n'],
    ['interface', 'export interface Order {\n  readonly want: string;\n}\n']
  ].map(([what, code]) => eslint('wabus/field-words', `libs/runtime/src/${what}.reader.ts`, code)),
  eslint(
    'wabus/injected-by-value',
    'apps/edge/src/injected.service.ts',
    "import { Injectable } from '@nestjs/common';\nimport type { Clock } from './clean.js';\n\n@Injectable()\nexport class Injected {\n  constructor(readonly clock: Clock) {}\n}\n"
  ),
  ...[
    ['for-root', 'static forRoot(): DynamicModule {\n    return { module: RoomModule };\n  }'],
    ['for-settings', 'static forSettings(): DynamicModule {\n    return { module: RoomModule };\n  }'],
    ['handed-in', 'static register(room: DynamicModule): object {\n    return { module: RoomModule, imports: [room] };\n  }'],
    [
      'factory',
      'static register(): DynamicModule {\n    return { module: RoomModule, providers: [{ provide: Map, useFactory: () => new Map() }] };\n  }'
    ]
  ].map(([what, method]) =>
    eslint(
      'wabus/module-dialect',
      `libs/runtime/src/${what}.module.ts`,
      `import { Module, type DynamicModule } from '@nestjs/common';\n\n@Module({})\nexport class RoomModule {\n  ${method}\n}\n`
    )
  ),
  eslint(
    'wabus/module-dialect',
    'apps/edge/src/http/parts.module.ts',
    "import type { DynamicModule } from '@nestjs/common';\n\nexport interface Parts {\n  readonly room: DynamicModule;\n}\n"
  ),
  eslint(
    'wabus/one-place',
    'libs/broker/src/second.reader.ts',
    'export const subject = (name: string): string => `$JS.API.CONSUMER.MSG.NEXT.${name}`;\n'
  ),
  eslint(
    'wabus/one-place',
    'apps/edge/src/http/record.reader.ts',
    "export const record = (value: Uint8Array): unknown => JSON.parse(Buffer.from(value).toString('utf8'));\n"
  ),
  eslint(
    'wabus/one-place',
    'apps/connector/src/session/record.reader.ts',
    'export const record = (value: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(value));\n'
  ),
  ...['it', 'it.skip', 'it.each([1])', '(one ? it : it.skip)'].map((call, index) =>
    eslint(
      'titles/test-title',
      `libs/broker/src/title-${index}.spec.ts`,
      `const one = 1;\n\n${call}('says in a title of more than sixty characters what it promises', () => void one);\n`
    )
  ),
  eslint('@typescript-eslint/no-explicit-any', 'libs/broker/src/loose.reader.ts', 'export const loose: any = 1;\n'),
  typed(
    'typescript/no-floating-promises',
    'libs/broker/src/floating.reader.spec.ts',
    'export function start(): void {\n  Promise.resolve();\n}\n'
  ),
  typed(
    'typescript/no-floating-promises',
    'libs/broker/src/floating.reader.ts',
    'export function start(): void {\n  Promise.resolve();\n}\n'
  ),
  typed(
    'typescript/no-misused-promises',
    'libs/broker/src/misused.reader.ts',
    'export const answer = (ready: Promise<boolean>) => {\n  if (ready) return 1;\n  return 2;\n};\n'
  ),
  typed(
    'typescript/switch-exhaustiveness-check',
    'libs/broker/src/partial.reader.ts',
    "export function answer(state: 'open' | 'closed'): number {\n  switch (state) {\n    case 'open':\n      return 1;\n  }\n  return 2;\n}\n"
  ),
  eslint(
    'wabus/max-parameters',
    'libs/broker/src/wide.reader.ts',
    'export const wide = (a: 1, b: 2, c: 3, d: 4, e: 5) => a + b + c + d + e;\n'
  ),
  eslint(
    'max-lines',
    'libs/broker/src/long.reader.ts',
    Array.from({ length: 351 }, (_, line) => `export const line${line} = ${line};\n`).join('')
  ),
  eslint(NX, 'apps/extension/src/link/sdk.reader.ts', "import * as sdk from '@wabus/sdk';\n\nexport const found = sdk;\n"),
  eslint(NX, 'apps/extension/src/link/package.reader.ts', "import { parse } from 'yaml';\n\nexport const read = parse;\n"),
  eslint(
    'no-restricted-properties',
    'apps/extension/src/link/kept.reader.ts',
    'declare const chrome: { storage: object };\n\nexport const kept = chrome.storage;\n'
  ),
  eslint(
    'no-restricted-globals',
    'apps/extension/src/gateway/kept.reader.ts',
    "export const kept = (): string | null => localStorage.getItem('address');\n"
  ),
  eslint(
    '@typescript-eslint/no-restricted-imports',
    'apps/extension/src/gateway/validators.reader.ts',
    "import { PASSKEY_STAGES } from '@wabus/contracts';\n\nexport const stages = PASSKEY_STAGES;\n"
  ),

  cruise(
    'extension-page-of-whatsapp-knows-no-gateway',
    'apps/extension/src/whatsapp/gateway.reader.ts',
    "import { planted } from '../gateway/planted.js';\n\nexport const found = planted;\n"
  ),
  cruise(
    'extension-gateway-knows-no-page',
    'apps/extension/src/gateway/whatsapp.reader.ts',
    "import { planted } from '../whatsapp/planted.js';\n\nexport const found = planted;\n"
  ),
  cruise(
    'only-whatsapp-room-runs-baileys',
    'apps/connector/src/auth-state/baileys.reader.ts',
    "import { delay } from '@whiskeysockets/baileys';\n\nexport const pause = delay;\n"
  ),
  cruise(
    'only-whatsapp-room-runs-baileys',
    'apps/connector/src/media/signal.reader.ts',
    "import * as signal from 'libsignal';\n\nexport const found = signal;\n"
  ),
  cruise(
    'only-the-stock-socket-runs-baileys',
    'apps/e2e/src/bench/baileys.reader.ts',
    "import { delay } from '@whiskeysockets/baileys';\n\nexport const pause = delay;\n"
  ),
  cruise(
    'baileys-types-at-the-border-only',
    'apps/connector/src/commands-in/baileys.reader.ts',
    "import type { WASocket } from '@whiskeysockets/baileys';\n\nexport type Shape = WASocket;\n"
  ),
  cruise(
    'session-without-broker',
    'apps/connector/src/session/broker.reader.ts',
    "import * as broker from '@wabus/broker';\n\nexport const found = broker;\n"
  ),
  cruise(
    'whatsapp-without-broker-and-settings',
    'apps/connector/src/whatsapp/broker.reader.ts',
    "import * as broker from '@wabus/broker';\n\nexport const found = broker;\n"
  ),
  cruise(
    'whatsapp-without-broker-and-settings',
    'apps/connector/src/whatsapp/runtime.reader.ts',
    "import * as runtime from '@wabus/runtime';\n\nexport const found = runtime;\n"
  ),
  cruise(
    'ownership-without-sockets',
    'apps/connector/src/ownership/engine.reader.ts',
    "import { planted } from '../whatsapp/planted.js';\n\nexport const found = planted;\n"
  ),
  cruise(
    'commands-in-without-events-out',
    'apps/connector/src/commands-in/events.reader.ts',
    "import { planted } from '../events-out/planted.js';\n\nexport const found = planted;\n"
  ),
  cruise(
    'events-out-without-commands-in',
    'apps/connector/src/events-out/commands.reader.ts',
    "import { planted } from '../commands-in/planted.js';\n\nexport const found = planted;\n"
  ),
  cruise(
    'gateway-without-broker-drivers',
    'apps/edge/src/gateway/broker.reader.ts',
    "import * as broker from '@wabus/broker';\n\nexport const found = broker;\n"
  ),
  cruise(
    'http-without-broker',
    'apps/edge/src/http/broker.reader.ts',
    "import * as broker from '@wabus/broker';\n\nexport const found = broker;\n"
  ),
  ...['gateway', 'http', 'webhooks'].map(room =>
    cruise(
      'events-in-does-not-know-who-listens',
      `apps/edge/src/events-in/${room}.reader.ts`,
      `import { planted } from '../${room}/planted.js';\n\nexport const found = planted;\n`
    )
  ),
  ...['undici', 'node:http', 'node:net', 'node:dns/promises'].map(name =>
    cruise(
      'egress-is-the-only-way-out',
      `apps/edge/src/webhooks/${name.replace(/[:/]/g, '-')}.reader.ts`,
      `import * as way from '${name}';\n\nexport const found = way;\n`
    )
  ),
  cruise(
    'egress-knows-no-room',
    'apps/edge/src/egress/webhooks.reader.ts',
    "import { planted } from '../webhooks/planted.js';\n\nexport const found = planted;\n"
  ),
  cruise(
    'webhooks-without-the-live-path',
    'apps/edge/src/webhooks/gateway.reader.ts',
    "import { planted } from '../gateway/planted.js';\n\nexport const found = planted;\n"
  ),
  eslint('no-restricted-globals', 'apps/edge/src/http/fetch.reader.ts', "export const read = () => fetch('https://example.org');\n"),
  cruise(
    'commands-out-does-not-know-who-asks',
    'apps/edge/src/commands-out/http.reader.ts',
    "import { planted } from '../http/planted.js';\n\nexport const found = planted;\n"
  ),
  cruise(
    'auth-knows-no-room',
    'apps/edge/src/auth/http.reader.ts',
    "import { planted } from '../http/planted.js';\n\nexport const found = planted;\n"
  ),
  ...['apps/connector/src/commands-in', 'apps/edge/src/gateway', 'libs/broker/src'].map(room =>
    cruise(
      'document-builders-in-edges-and-tools-only',
      `${room}/documents.reader.ts`,
      "import { planted } from '@wabus/contracts/docs';\n\nexport const found = planted;\n"
    )
  ),
  cruise('document-builders-in-edges-and-tools-only', 'libs/contracts/src/documents.reader.ts', "export * from './docs/index.js';\n"),
  cruise(
    'testing-from-tests-only',
    'apps/connector/src/testing.reader.ts',
    "import * as testing from '@wabus/testing';\n\nexport const found = testing;\n"
  ),
  cruise(
    'testing-from-tests-only',
    'libs/broker/src/testing.reader.ts',
    "import * as testing from '@wabus/testing';\n\nexport const found = testing;\n"
  ),
  cruise(
    'pure-files-stay-pure',
    'apps/edge/src/gateway/disk.policy.ts',
    "import { readFileSync } from 'node:fs';\n\nexport const read = readFileSync;\n"
  ),
  cruise(
    'pure-files-in-libraries-stay-pure',
    'libs/broker/src/nats.codec.ts',
    "import { connect } from '@nats-io/transport-node';\n\nexport const open = connect;\n"
  ),
  cruise(
    'apps-never-import-apps',
    'apps/edge/src/http/relative.reader.ts',
    "import { planted } from '../../../connector/src/whatsapp/planted.js';\n\nexport const found = planted;\n"
  ),
  cruise('no-cycles', 'libs/broker/src/cycle.reader.ts', "import { back } from './cycle.writer.js';\n\nexport const there = () => back;\n"),
  cruise('resolvable', 'libs/broker/src/nowhere.reader.ts', "import { gone } from './gone.js';\n\nexport const found = gone;\n")
];

/** Files without faults: the imports of the faulty files, and code that the same rules must accept. */
export const innocents = {
  'apps/connector/src/whatsapp/planted.ts': 'export const planted = 1;\n',
  'apps/connector/src/events-out/planted.ts': 'export const planted = 1;\n',
  'apps/connector/src/commands-in/planted.ts': 'export const planted = 1;\n',
  'apps/edge/src/gateway/planted.ts': 'export const planted = 1;\n',
  'apps/edge/src/gateway/broker-types.reader.ts': "import type { found } from '@wabus/broker';\n\nexport type Found = typeof found;\n",
  'apps/edge/src/http/planted.ts': 'export const planted = 1;\n',
  'apps/edge/src/webhooks/planted.ts': 'export const planted = 1;\n',
  'apps/extension/src/gateway/planted.ts': 'export const planted = 1;\n',
  'apps/extension/src/whatsapp/planted.ts':
    "import type { PasskeyOptions } from '@wabus/contracts';\n\nexport const planted = (_: PasskeyOptions) => 1;\n",
  'apps/edge/src/egress/guarded.reader.ts':
    "import { isIP } from 'node:net';\nimport { request } from 'undici';\n\nexport const found = [isIP, request];\n",
  'apps/edge/src/clean.ts': 'export class Clock {\n  now = () => 1;\n}\n',
  'apps/connector/src/whatsapp/baileys.engine.ts':
    "import { delay } from '@whiskeysockets/baileys';\nimport type { WASocket } from '@whiskeysockets/baileys';\n\nexport const pause = delay;\nexport type Shape = WASocket;\n",
  'apps/connector/src/auth-state/baileys.types.ts':
    "import type { AuthenticationCreds } from '@whiskeysockets/baileys';\n\nexport type Creds = AuthenticationCreds;\n",
  'apps/connector/src/session/started.spec.ts': "import * as testing from '@wabus/testing';\n\nexport const found = testing;\n",
  'apps/edge/src/http/status.table.ts':
    "import { createHash } from 'node:crypto';\nimport type { Readable } from 'node:stream';\nimport * as contracts from '@wabus/contracts';\n\nexport const found = (_: Readable) => [createHash, contracts];\n",
  'libs/contracts/src/index.ts': "import type { proto } from '@whiskeysockets/baileys';\n\nexport type Message = proto.IMessage;\n",
  'libs/broker/src/index.ts': "import * as contracts from '@wabus/contracts';\n\nexport const found = contracts;\n",
  'libs/contracts/src/docs/index.ts': 'export const planted = 1;\n',
  'apps/edge/src/http/documents.reader.ts': "import { planted } from '@wabus/contracts/docs';\n\nexport const found = planted;\n",
  'libs/broker/src/cycle.writer.ts': 'export const back = 1;\n',
  'libs/broker/src/title.spec.ts':
    "it.each([1])('delivers %s and ${one} $name of a table to each subscriber in order', one => void one);\n",
  'libs/runtime/src/index.ts': 'export const one = 1;\n',
  'libs/runtime/src/metrics/metrics.module.ts':
    "import { Module, type DynamicModule } from '@nestjs/common';\nimport { LoggerModule } from 'nestjs-pino';\n\n@Module({})\nexport class MetricsModule {\n  static register(service: string): DynamicModule {\n    const read = { provide: Map, useFactory: () => Promise.resolve(new Map([[service, 1]])) };\n    return { module: MetricsModule, imports: [LoggerModule.forRoot()], providers: [read] };\n  }\n}\n",
  'libs/runtime/src/config/environment.reader.ts': 'export const url = process.env.NATS_URL;\n',
  'libs/testing/src/index.ts': 'export const one = 1;\n',
  'libs/runtime/src/metrics/words.reader.ts':
    "import { tell } from './planted.js';\n\nexport const wantedLater = { tell: tell() };\nexport const storage = 'hear';\n",
  'libs/runtime/src/metrics/planted.ts': "export { one as tell } from './one.js';\n",
  'libs/runtime/src/metrics/one.ts': 'export const one = (): number => 1;\n',
  'apps/simulator/src/index.ts': "import * as testing from '@wabus/testing';\n\nexport const found = testing;\n",
  'apps/e2e/src/index.ts': "import { connect } from '@nats-io/transport-node';\n\nexport const open = connect;\n"
};

/** The second files of faults that need two. */
export const accomplices = {
  'libs/broker/src/cycle.writer.ts': "import { there } from './cycle.reader.js';\n\nexport const back = () => there;\n"
};
