import { describeLease } from '@wabus/broker/lease-conformance';
import { nodeLease } from './node.lease.js';
import { nodeKey } from './ownership-records.codec.js';
import { CLUSTER_TIMING as timing } from './ownership.options.js';

describeLease('a connector', {
  keys: 'own',
  leaseMs: timing.hangSilenceMs,
  fenceMs: timing.selfFenceMs,
  fencePart: 2 / 3,
  open: (bucket, connector, now) => {
    const incarnation = (): string => `run of ${connector}`;
    const lease = nodeLease({ bucket, connector, timing, incarnation, facts: () => ({ ready: true, weight: 1 }), now });
    return { lease, key: nodeKey(connector) };
  }
});
