#!/usr/bin/env node
// @ts-check

import { runMeasurement } from './test/measurement.runner.mjs';

const USAGE = `npm run chaos -- [--json FILE] [--kills N] [--stops N] [--sessions N] [--only takeover,scale-out,faults,cluster,clock,partition,storm,requests,linking,service,soak]
    requests: [--requests N] [--seed N]
    linking: [--links N] [--seed N]
    service: [--accounts N] [--minutes N] [--seed N]
    soak: [--sessions N] [--hours H] [--day-minutes M] [--rate PER-SECOND]   only when it is named, or: npm run soak
    storm: [--messages N] [--rate PER-SECOND] [--seed N] [--journal off] [--reader log]
Faults over real processes on this machine, with the timing of production: prints how long each recovery takes beside its target, and whether a storm of
messages lost, doubled or reordered any. With --journal off the storm must lose messages, or it is too weak. --reader log judges by the event log alone.`;

await runMeasurement({ program: 'chaos', usage: USAGE, paths: ['--json'] });
