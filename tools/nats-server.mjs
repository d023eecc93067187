#!/usr/bin/env node
// @ts-check
import { pathToFileURL } from 'node:url';
import { natsServerSources, searchNatsServer } from './nats/nats-server.search.mjs';
import { Progress } from './terminal/progress.mjs';

const USAGE = `Finds or downloads a nats-server.
  node tools/nats-server.mjs           searches WABUS_NATS_URL, PATH, cache, official release, Debian's package, Docker
  node tools/nats-server.mjs --print   finds only a binary; standard output is its path`;

/**
 * Finds or downloads a nats-server and shows each step.
 * @param {Progress} progress
 * @param {{ binaryOnly?: boolean }} [options]
 * @returns {Promise<import('./nats/nats-server.search.mjs').NatsServer>}
 * @throws {Error} lists everything that was tried
 */
export function findNatsServer(progress, { binaryOnly = false } = {}) {
  return searchNatsServer(natsServerSources({ env: process.env, binaryOnly }), text => progress.step(text));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const args = process.argv.slice(2);
  const binaryOnly = args.includes('--print');
  if (args.some(arg => arg !== '--print')) {
    console.error(USAGE);
    process.exit(args.includes('--help') ? 0 : 2);
  }
  try {
    const server = await findNatsServer(new Progress(process.stderr), { binaryOnly });
    console.log(server.kind === 'binary' ? server.path : JSON.stringify(server));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
