import {
  NOTHING_REPORTED,
  type ConnectorView,
  type OwnedSessionView,
  type OwnershipView,
  type ProcessView,
  type SessionView
} from '@wabus/contracts';

/** A connector as far as this edge knows it. */
export interface KnownConnector extends Pick<ConnectorView, 'id' | 'state' | 'weight'> {
  /** `null` if the connector is of an older release or has left. */
  readonly report: ProcessView | null;
}

/** Returns the connectors that report figures or own a session, each with its sessions, both ordered by id. Pure. */
export function ownershipOf(
  sessions: readonly SessionView[],
  known: readonly KnownConnector[]
): Pick<OwnershipView, 'connectors' | 'unowned'> {
  const owned = new Map<string | null, OwnedSessionView[]>();
  const ordered = [...sessions].sort((one, other) => (one.session < other.session ? -1 : 1));
  for (const { session, status } of ordered) {
    const { connector, state, epoch, updatedAt } = status;
    const others = owned.get(connector) ?? [];
    others.push({ session, state, epoch, updatedAt });
    owned.set(connector, others);
  }
  const connectors = known
    .filter(({ id, report }) => report !== null || owned.has(id))
    .map(({ id, state, weight, report }): ConnectorView => ({
      id,
      state,
      weight,
      ...(report ?? NOTHING_REPORTED),
      sessions: owned.get(id) ?? []
    }))
    .sort((one, other) => (one.id < other.id ? -1 : 1));
  return { connectors, unowned: owned.get(null) ?? [] };
}
