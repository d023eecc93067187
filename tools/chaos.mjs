#!/usr/bin/env node
// @ts-check

import { parseArgs } from 'node:util';
import { defaultOldRef, oldBuild } from './state/old-build.mjs';
import { runMeasurement } from './test/measurement.runner.mjs';

const USAGE = `npm run chaos -- [--json FILE] [--kills N] [--stops N] [--sessions N] [--only takeover,scale-out,faults,cluster,clock,partition,storm,requests,linking,service,soak,upgrade]
    requests: [--requests N] [--seed N]
    linking: [--links N] [--seed N]
    service: [--accounts N] [--minutes N] [--seed N]
    soak: [--sessions N] [--hours H] [--day-minutes M] [--rate PER-SECOND]   only when named, or with npm run soak
    upgrade: [--from GIT-REF] [--rate PER-SECOND] [--per-step MESSAGES]   only when named; builds the ref, by default the newest release
    storm: [--messages N] [--rate PER-SECOND] [--seed N] [--journal off] [--reader log]
Injects faults into real processes on this machine, with production timing. Prints how long each recovery takes and its target, and whether a storm of
messages lost, duplicated or reordered any. With --journal off, the storm must lose messages, or it is too weak. --reader log uses only the event log.`;

await runMeasurement({
  program: 'chaos',
  usage: USAGE,
  paths: ['--json'],
  prepare: async (args, progress) => {
    const options = /** @type {const} */ ({ only: { type: 'string' }, from: { type: 'string' } });
    const { only, from } = parseArgs({ args, options, strict: false }).values;
    if (typeof only !== 'string' || !only.split(',').includes('upgrade')) return [];
    const ref = typeof from === 'string' ? from : await defaultOldRef();
    return [...(from === undefined ? ['--from', ref] : []), '--old-build', await oldBuild(ref, progress)];
  }
});
