#!/usr/bin/env node
// @ts-check
// Captures docs/protocol/examples from a session with the simulator, then writes the AsyncAPI document with these examples. Needs a built tree.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../install.mjs';
import { findNatsServer } from '../nats-server.mjs';
import { Progress } from '../terminal/progress.mjs';
import { runForeground } from '../test/test.runners.mjs';
import { EXAMPLES, writeDocument } from './asyncapi.mjs';
import { formatFolder } from './formatting.mjs';

const server = await findNatsServer(new Progress(), { binaryOnly: true });
const ours = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('WABUS_')));
const binary = server.kind === 'binary' ? { WABUS_NATS_SERVER_BIN: server.path } : {};
mkdirSync(EXAMPLES, { recursive: true });
const main = join(ROOT, 'apps', 'e2e', 'dist', 'docs', 'main.js');
process.exitCode =
  (await runForeground(process.execPath, [main, EXAMPLES], { env: { ...ours, ...binary, WABUS_TEST_NATS: 'binary' } })) ?? 1;
if (process.exitCode === 0) {
  await formatFolder(EXAMPLES);
  await writeDocument();
}
