import { describeLease } from '@wabus/broker/lease-conformance';
import { edgeKey } from '@wabus/contracts';
import { edgeLease, EDGE_FENCE_PART } from './edge.lease.js';

const leaseMs = 10_000;

describeLease('an edge that dispatches webhooks', {
  keys: 'own',
  leaseMs,
  fenceMs: leaseMs * EDGE_FENCE_PART,
  fencePart: 0.6,
  open: (bucket, edge, now) => ({ lease: edgeLease(bucket, { edge, leaseMs, now }), key: edgeKey(edge) })
});
