// @ts-check
import { createHash } from 'node:crypto';

/** @typedef {typeof import('./measured-costs.table.mjs').COSTS} Costs */
/** @typedef {typeof import('./measured-costs.table.mjs').MACHINES} Machines */

/**
 * The installation to simulate.
 * @typedef {object} Plan
 * @property {number} accounts
 * @property {number} shards streams, each with its own leader
 * @property {number} servers NATS servers; each stream has replicas on three of them
 * @property {number} meanEventsPerSecond per account, averaged over a day
 * @property {number} retentionHours
 * @property {number} days
 * @property {number} seed
 */

/**
 * @typedef {object} Outcome
 * @property {number} peakEvents events per second of the whole installation, in the busiest minute
 * @property {number} peakShardEvents events per second of the busiest shard, in its busiest minute
 * @property {number} imbalance ratio of the busiest shard to the mean, over the whole time
 * @property {number} peakServerEvents led by one server, with all servers running
 * @property {number} peakServerEventsAfterLoss the same while one server is down
 * @property {number} storedBytesPerServer
 * @property {number} memoryBytesPerServer for the keys that NATS holds in memory
 * @property {number} connectors
 * @property {number} edges
 * @property {number} takeoverSeconds until the sessions of a crashed connector run again
 * @property {number} restartSeconds until all sessions run again after a complete outage
 */

const MINUTE = 60;
const COPIES = 3;

/**
 * Simulates every minute of several days with 100,000 accounts. It only computes numbers and runs no part of the product. The rates of accounts
 * are lognormal (a few are very busy), follow the hours of their time zone, and vary randomly between minutes. Sessions are assigned to shards
 * as docs/scaling.md describes: by a hash of the session's name.
 * @param {Plan} plan
 * @param {Costs} costs
 * @param {Machines} machines
 * @returns {Outcome}
 */
export function simulate(plan, costs, machines) {
  const { accounts, shards, servers, days } = plan;
  const random = generator(plan.seed);
  const { base, zones } = population(plan, random);
  /** Mean rate of each shard in each of 24 time zones. */
  const rates = Array.from({ length: shards }, () => new Float64Array(24));
  for (let account = 0; account < accounts; account++) {
    const zoneRates = /** @type {Float64Array} */ (rates[shardOf(`account-${account}`, shards)]);
    const zone = zones[account] ?? 0;
    zoneRates[zone] = (zoneRates[zone] ?? 0) + (base[account] ?? 0);
  }
  const totals = new Float64Array(shards);
  const peaks = { all: 0, shard: 0, server: 0, serverAfterLoss: 0 };
  let stored = 0;
  const minutes = days * 24 * 60;
  for (let minute = 0; minute < minutes; minute++) {
    const events = rates.map(zoneRates =>
      poissonRate(
        zoneRates.reduce((sum, rate, zone) => sum + rate * rhythm(minute / 60 + zone), 0),
        random
      )
    );
    const led = serversOf(events, servers, null);
    events.forEach((rate, shard) => (totals[shard] = (totals[shard] ?? 0) + rate * MINUTE));
    const sum = events.reduce((all, rate) => all + rate, 0);
    if (minutes - minute <= plan.retentionHours * 60) stored += sum * MINUTE;
    peaks.all = Math.max(peaks.all, sum);
    peaks.shard = Math.max(peaks.shard, ...events);
    peaks.server = Math.max(peaks.server, ...led);
    // Considers the loss of each server in the busiest minute.
    for (let lost = 0; lost < servers; lost++) peaks.serverAfterLoss = Math.max(peaks.serverAfterLoss, ...serversOf(events, servers, lost));
  }
  const mean = totals.reduce((all, total) => all + total, 0) / shards;
  const messages = peaks.all / costs.eventsPerMessage;
  const usableMs = machines.cores * machines.usable * 1_000;
  const perConnector = Math.floor((machines.memoryBytes * machines.usable - costs.processBytes) / costs.sessionBytes / machines.cores);
  const connectors = Math.max(
    Math.ceil(accounts / perConnector),
    Math.ceil((messages * costs.cpuMs.connector) / (1_000 * machines.usable))
  );
  return {
    peakEvents: peaks.all,
    peakShardEvents: peaks.shard,
    imbalance: Math.max(...totals) / mean,
    peakServerEvents: peaks.server,
    peakServerEventsAfterLoss: peaks.serverAfterLoss,
    storedBytesPerServer: (stored * costs.storedBytes * COPIES) / servers + (accounts * costs.stateBytes * COPIES) / servers,
    memoryBytesPerServer: (accounts * costs.keysPerSession * costs.subjectBytes * COPIES) / servers,
    connectors,
    edges: Math.max(2, Math.ceil((messages * costs.cpuMs.edge) / usableMs)),
    takeoverSeconds: accounts / connectors / (costs.movesPerSecond * (connectors - 1)),
    restartSeconds: accounts / connectors / costs.movesPerSecond
  };
}

/**
 * Compares usage with capacity, highest ratio first: the first row is what fails first.
 * @param {Plan} plan
 * @param {Outcome} outcome
 * @param {{ costs: Costs, machines: Machines }} given
 */
export function bottlenecks({ servers }, outcome, { costs, machines }) {
  const messages = outcome.peakServerEventsAfterLoss / costs.eventsPerMessage;
  const natsMs = (outcome.peakEvents / costs.eventsPerMessage) * costs.cpuMs.nats * costs.clusterCpuFactor;
  const rows = [
    { what: 'disk space of a NATS server', used: outcome.storedBytesPerServer / machines.diskBytes },
    { what: 'CPU of a NATS server, one lost', used: natsMs / ((servers - 1) * machines.cores * machines.usable * 1_000) },
    {
      what: 'writes to the disk of a NATS server, one lost',
      used: (messages * costs.writtenBytes * COPIES) / machines.diskWritesPerSecond
    },
    { what: 'rate of the busiest stream', used: outcome.peakShardEvents / costs.streamEventsPerSecond },
    { what: 'memory of a NATS server for keys', used: outcome.memoryBytesPerServer / (machines.memoryBytes * machines.usable) },
    {
      what: 'network into a NATS server, one lost',
      used: (outcome.peakServerEventsAfterLoss * costs.storedBytes * COPIES) / machines.networkBytesPerSecond
    }
  ];
  return rows.sort((a, b) => b.used - a.used);
}

/**
 * Computes the machines and costs of an outcome.
 * @param {Plan} plan
 * @param {Outcome} outcome
 * @param {Machines} machines
 */
export function bill({ servers, accounts }, { connectors, edges }, machines) {
  // A connector is one process that uses one core.
  const connectorMachines = Math.ceil(connectors / machines.cores);
  const count = connectorMachines + edges + servers;
  return {
    connectorMachines,
    machines: count,
    pricePerMonth: count * machines.pricePerMonth,
    pricePerAccount: (count * machines.pricePerMonth) / accounts
  };
}

/** @param {string} session @param {number} shards */
export function shardOf(session, shards) {
  return createHash('sha256').update(session).digest().readUInt32BE(0) % shards;
}

/**
 * Returns the events that each server leads: leaders are spread evenly, and those of a lost server move to the two other servers with replicas.
 * @param {readonly number[]} events events per shard
 * @param {number} servers
 * @param {number | null} lost
 */
function serversOf(events, servers, lost) {
  const led = new Array(servers).fill(0);
  events.forEach((rate, shard) => {
    const first = shard % servers;
    const heirs = [first, (first + 1) % servers, (first + 2) % servers].filter(server => server !== lost);
    const leader = first === lost ? heirs[Math.floor(shard / servers) % heirs.length] : first;
    led[leader ?? first] += rate;
  });
  return led;
}

/**
 * @param {Plan} plan
 * @param {() => number} random
 */
function population({ accounts, meanEventsPerSecond }, random) {
  const base = new Float64Array(accounts);
  const zones = new Uint8Array(accounts);
  // Sigma 1.5: one account in a hundred is 33 times busier than the median.
  let sum = 0;
  for (let account = 0; account < accounts; account++) {
    base[account] = Math.exp(1.5 * normal(random));
    sum += base[account] ?? 0;
    // Most customers of an operator live near each other.
    zones[account] = Math.abs(Math.round(normal(random) * 2.5 + 24)) % 24;
  }
  for (let account = 0; account < accounts; account++) base[account] = ((base[account] ?? 0) * meanEventsPerSecond * accounts) / sum;
  return { base, zones };
}

/** Returns the rate at an hour of the day relative to the mean: quiet at night, two peaks. The mean over a day is 1. @param {number} hour */
export function rhythm(hour) {
  const at = ((hour % 24) + 24) % 24;
  const bump = (/** @type {number} */ centre, /** @type {number} */ width) => Math.exp(-(((at - centre) / width) ** 2));
  return (0.15 + 1.5 * bump(11, 3) + 1.7 * bump(19, 3)) / 0.859;
}

/** @param {number} mean events per second, averaged over a minute @param {() => number} random */
function poissonRate(mean, random) {
  const expected = mean * MINUTE;
  return Math.max(0, expected + Math.sqrt(expected) * normal(random)) / MINUTE;
}

/** @param {() => number} random */
function normal(random) {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Returns a random number generator (Mulberry32). @param {number} seed */
function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
