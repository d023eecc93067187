import type { PeerName } from './compat.types.js';

/** The settings of the APIs for programs of other gateways. */
export abstract class CompatSettings {
  /** The gateways whose APIs are served. */
  abstract readonly peers: readonly PeerName[];
  /** The URL at which their programs reach this edge. */
  abstract readonly baseUrl: string;
}
