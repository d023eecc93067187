import type { WabusError } from '@wabus/contracts';
import type { PeerName, PeerPage, PeerRoute, PlainAnswer } from './compat.types.js';
import { EVOLUTION_PAGES, EVOLUTION_ROUTES, evolutionError, evolutionUnknown } from './evolution/evolution.table.js';
import { WAHA_PAGES, WAHA_ROUTES, wahaError, wahaUnknown } from './waha/waha.table.js';

/** What an edge needs to serve the programs of a peer. */
export interface PeerApi {
  /** In lower case. */
  readonly keyHeader: string;
  readonly routes: readonly PeerRoute[];
  readonly pages: Readonly<Record<string, PeerPage>>;
  /** An error in the form of the peer; `status` is that of our own routes. */
  readonly error: (error: WabusError, status: number) => PlainAnswer;
  /** The answer where neither of us has anything. */
  readonly unknown: (verb: string, path: string) => PlainAnswer;
}

export const PEER_APIS: Readonly<Record<PeerName, PeerApi>> = {
  waha: { keyHeader: 'x-api-key', routes: WAHA_ROUTES, pages: WAHA_PAGES, error: wahaError, unknown: wahaUnknown },
  evolution: { keyHeader: 'apikey', routes: EVOLUTION_ROUTES, pages: EVOLUTION_PAGES, error: evolutionError, unknown: evolutionUnknown }
};
