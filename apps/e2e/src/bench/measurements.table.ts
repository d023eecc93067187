import type { Measurement } from './measurement.js';
import { inboundChats, inboundGroups } from './measurements/inbound.measurement.js';
import { latency } from './measurements/latency.measurement.js';
import { memory } from './measurements/memory.measurement.js';
import { outbound } from './measurements/outbound.measurement.js';
import { manySessions } from './measurements/sessions.measurement.js';
import { startOfEverything } from './measurements/start.measurement.js';

/** Everything that `npm run bench` measures, in this order. */
export const MEASUREMENTS: readonly Measurement[] = [
  inboundChats,
  inboundGroups,
  outbound,
  latency,
  memory,
  manySessions,
  startOfEverything
];
