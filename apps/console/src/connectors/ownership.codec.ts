import type { ConnectorView, OwnershipView } from '@wabus/contracts';

/** The response of an edge. During an upgrade, the edge may run an earlier release, which lists no edges and reports no figures. */
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

/** Returns the response with every field that a page shows; fields that the edge does not report are `null`. */
export function readOwnership({ connectors, edges = [], unowned }: OwnershipAnswer): OwnershipView {
  return { connectors: connectors.map(connector => ({ ...NOT_REPORTED, ...connector })), edges, unowned };
}
