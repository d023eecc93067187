import type { WabusError } from '@wabus/contracts';
import type { PeerName, PeerPage, PeerRoute, PlainAnswer } from './compat.types.js';
import { EVOLUTION_PAGES, EVOLUTION_ROUTES, evolutionError, evolutionUnknown } from './evolution/evolution.table.js';
import { WAHA_PAGES, WAHA_ROUTES, wahaError, wahaUnknown } from './waha/waha.table.js';

/** The parts of a peer's API that an edge needs to serve its programs. */
export interface PeerApi {
  /** The name of the key header, in lower case. */
  readonly keyHeader: string;
  readonly routes: readonly PeerRoute[];
  readonly pages: Readonly<Record<string, PeerPage>>;
  /** Returns an error in the format of the peer. `status` is the status on the routes of Wabus. */
  readonly error: (error: WabusError, status: number) => PlainAnswer;
  /** Returns the response for a path that neither the peer nor Wabus has. */
  readonly unknown: (verb: string, path: string) => PlainAnswer;
}

export const PEER_APIS: Readonly<Record<PeerName, PeerApi>> = {
  waha: { keyHeader: 'x-api-key', routes: WAHA_ROUTES, pages: WAHA_PAGES, error: wahaError, unknown: wahaUnknown },
  evolution: { keyHeader: 'apikey', routes: EVOLUTION_ROUTES, pages: EVOLUTION_PAGES, error: evolutionError, unknown: evolutionUnknown }
};
