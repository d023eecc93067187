import type { PeerName } from './compat.types.js';

/** The settings of the doors for programs of other gateways. */
export abstract class CompatSettings {
  /** Which are served. */
  abstract readonly peers: readonly PeerName[];
  /** Where their programs reach this edge. */
  abstract readonly baseUrl: string;
}
