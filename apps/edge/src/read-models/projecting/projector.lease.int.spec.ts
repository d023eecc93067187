import { describeLease } from '@wabus/broker/lease-conformance';
import { PROJECTOR_KEY } from '@wabus/contracts';
import { PROJECTOR_FENCE_PART, projectorLease } from './projector.lease.js';

const leaseMs = 10_000;

describeLease('the edge that projects', {
  keys: 'shared',
  leaseMs,
  fenceMs: leaseMs * PROJECTOR_FENCE_PART,
  fencePart: 0.75,
  open: (bucket, edge, now) => ({ lease: projectorLease(bucket, { edge, leaseMs, now }), key: PROJECTOR_KEY })
});
