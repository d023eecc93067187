#!/usr/bin/env node
// @ts-check
import { COSTS, MACHINES } from './scaling/measured-costs.table.mjs';
import { bill, bottlenecks, simulate } from './scaling/shard.simulation.mjs';
import { readOptions } from './terminal/options.reader.mjs';

const USAGE = `npm run scaling -- [options]
Simulates the plan of docs/scaling.md with numbers only, without starting anything. The measured costs are in tools/scaling/measured-costs.table.mjs.

  --accounts N   (default 100000)
  --shards N     streams (default 16)
  --servers N    NATS servers, with three replicas of each stream (default 6)
  --rate R       events per second and account, averaged over a day (default 0.3)
  --hours H      how long events are kept (default 72)
  --days N       simulated time (default 4)
  --seed N       (default 1)`;

const options = /** @type {const} */ ({
  accounts: { type: 'string', default: '100000' },
  shards: { type: 'string', default: '16' },
  servers: { type: 'string', default: '6' },
  rate: { type: 'string', default: '0.3' },
  hours: { type: 'string', default: '72' },
  days: { type: 'string', default: '4' },
  seed: { type: 'string', default: '1' }
});
const { values } = readOptions(USAGE, options);
const plan = {
  accounts: Number(values.accounts),
  shards: Number(values.shards),
  servers: Number(values.servers),
  meanEventsPerSecond: Number(values.rate),
  retentionHours: Number(values.hours),
  days: Number(values.days),
  seed: Number(values.seed)
};
const outcome = simulate(plan, COSTS, MACHINES);
const cost = bill(plan, outcome, MACHINES);
const n = (/** @type {number} */ value, digits = 0) => value.toLocaleString('en', { maximumFractionDigits: digits });
console.log(
  [
    `${n(plan.accounts)} accounts, ${n(plan.meanEventsPerSecond, 2)} events/s each, ${plan.shards} streams on ${plan.servers} servers, ${plan.retentionHours} h kept`,
    '',
    `busiest minute       ${n(outcome.peakEvents)} events/s, of one stream ${n(outcome.peakShardEvents)}`,
    `busiest stream       ${n(outcome.imbalance, 2)} × the mean one, over the whole time`,
    `led by one server    ${n(outcome.peakServerEvents)} events/s; ${n(outcome.peakServerEventsAfterLoss)} while another is down`,
    `disk of a server     ${n(outcome.storedBytesPerServer / 1e12, 1)} TB`,
    `connectors           ${n(outcome.connectors)}, each with ${n(plan.accounts / outcome.connectors)} sessions`,
    `one connector lost   its sessions run again within ${n(outcome.takeoverSeconds, 1)} s, and detection`,
    `everything restarted all sessions run again within ${n(outcome.restartSeconds)} s`,
    '',
    'used share of each capacity, highest first:',
    ...bottlenecks(plan, outcome, { costs: COSTS, machines: MACHINES }).map(
      ({ what, used }) => `  ${n(used * 100).padStart(4)} %  ${what}`
    ),
    '',
    `machines             ${cost.machines}: ${cost.connectorMachines} for connectors, ${outcome.edges} for edges, ${plan.servers} for NATS (${MACHINES.cores} cores, ${n(MACHINES.memoryBytes / 2 ** 30)} GiB)`,
    `price                ${n(cost.pricePerMonth)} a month at ${MACHINES.pricePerMonth} a machine: ${n(cost.pricePerAccount, 3)} an account`
  ].join('\n')
);
