#!/usr/bin/env node
// @ts-check

import { measureFirstAnswer } from './bench/first-answer.runner.mjs';
import { runMeasurement } from './test/measurement.runner.mjs';

const USAGE = `npm run bench -- [--json FILE] [--only NAME,NAME] [--seconds N] [--rounds N] [--sessions N] [--profile DIR]
What a message costs, beside a stock Baileys socket measured in the same run. See docs/operations/performance.md.

  --json FILE     write all figures with their single rounds
  --only NAMES    chain, inbound, inbound-group, outbound, latency, memory, sessions, start;
                  and chain-idle, with 50 busy sessions among --sessions idle ones, when it is named
  --only first-answer [--cold]
                  from git clone to the first answer in the demo; --cold: with empty caches of npm and Wabus
  --seconds N     length of one round of load, about (default 3)
  --messages N    messages of a round of chain, in place of as many as fill the seconds
  --rounds N      rounds per figure, of which the median counts (default 5)
  --sessions N    how many sessions "many" are (default 100)
  --profile DIR   CPU profiles of the connectors, for node --cpu-prof's readers`;

const args = process.argv.slice(2);
if (args[args.indexOf('--only') + 1] === 'first-answer') {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130));
  const isInTime = await measureFirstAnswer({ isCold: args.includes('--cold'), print: line => console.log(line) });
  process.exitCode = isInTime ? 0 : 1;
} else await runMeasurement({ program: 'bench', usage: USAGE, paths: ['--json', '--profile'] });
