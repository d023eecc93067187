import type { ConnectorView, OwnershipView } from '@wabus/contracts';

/** What an edge answers. During an upgrade, it may be of an earlier release, which lists no edges and reports no figures. */
export interface OwnershipAnswer extends Pick<OwnershipView, 'unowned'>, Partial<Pick<OwnershipView, 'edges'>> {
  readonly connectors: readonly (Partial<ConnectorView> & Pick<ConnectorView, 'id' | 'sessions'>)[];
}

const NOT_REPORTED: Omit<ConnectorView, 'id' | 'sessions'> = {
  state: null,
  weight: null,
  version: null,
  startedAt: null,
  memoryBytes: null,
  memoryLimitBytes: null,
  cpu: null
};

/** The answer with everything that a page shows; what the edge does not report is `null`. */
export function readOwnership({ connectors, edges = [], unowned }: OwnershipAnswer): OwnershipView {
  return { connectors: connectors.map(connector => ({ ...NOT_REPORTED, ...connector })), edges, unowned };
}
