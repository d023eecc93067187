#!/usr/bin/env node
// @ts-check

import { measureFirstAnswer } from './bench/first-answer.runner.mjs';
import { runMeasurement } from './test/measurement.runner.mjs';

const USAGE = `npm run bench -- [--json FILE] [--only NAME,NAME] [--seconds N] [--rounds N] [--sessions N] [--profile DIR]
Measures what a message costs, compared with a stock Baileys socket in the same run. See docs/operations/performance.md.

  --json FILE     write all figures, including those of each round
  --only NAMES    chain, inbound, inbound-group, outbound, latency, memory, sessions, start;
                  also chain-idle (50 busy sessions among --sessions idle ones), only when named
  --only first-answer [--cold]
                  from git clone to the first reply in the demo; --cold: with empty caches of npm and Wabus
  --seconds N     approximate length of one round of load (default 3)
  --messages N    messages per round of chain, instead of as many as fill the seconds
  --rounds N      rounds per figure; the figure is their median (default 5)
  --sessions N    how many sessions "many" are (default 100)
  --profile DIR   write CPU profiles of the connectors, in the format of node --cpu-prof`;

const args = process.argv.slice(2);
if (args[args.indexOf('--only') + 1] === 'first-answer') {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130));
  const isInTime = await measureFirstAnswer({ isCold: args.includes('--cold'), print: line => console.log(line) });
  process.exitCode = isInTime ? 0 : 1;
} else await runMeasurement({ program: 'bench', usage: USAGE, paths: ['--json', '--profile'] });
