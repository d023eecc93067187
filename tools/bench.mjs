#!/usr/bin/env node
// @ts-check

import { runMeasurement } from './test/measurement.runner.mjs';

const USAGE = `npm run bench -- [--json FILE] [--only NAME,NAME] [--seconds N] [--rounds N] [--sessions N] [--profile DIR]
What a message costs, beside a stock Baileys socket measured in the same run. See docs/operations/performance.md.

  --json FILE     write all figures with their single rounds
  --only NAMES    chain, inbound, inbound-group, outbound, latency, memory, sessions, start;
                  and chain-idle, with 50 busy sessions among --sessions idle ones, when it is named
  --seconds N     length of one round of load, about (default 3)
  --messages N    messages of a round of chain, in place of as many as fill the seconds
  --rounds N      rounds per figure, of which the median counts (default 5)
  --sessions N    how many sessions "many" are (default 100)
  --profile DIR   CPU profiles of the connectors, for node --cpu-prof's readers`;

await runMeasurement({ program: 'bench', usage: USAGE, paths: ['--json', '--profile'] });
