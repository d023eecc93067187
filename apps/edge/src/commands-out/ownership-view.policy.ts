import type { ConnectorView, OwnedSessionView, OwnershipView, SessionView } from '@wabus/contracts';

/** Sessions by the connector that their status names, both in the order of their ids. */
export function ownershipOf(sessions: readonly SessionView[]): OwnershipView {
  const connectors = new Map<string, ConnectorView>();
  const unowned: OwnedSessionView[] = [];
  const ordered = [...sessions].sort((one, other) => (one.session < other.session ? -1 : 1));
  for (const { session, status } of ordered) {
    const { connector, state, epoch, updatedAt } = status;
    const owned = { session, state, epoch, updatedAt };
    if (connector === null) {
      unowned.push(owned);
      continue;
    }
    const known = connectors.get(connector) ?? { id: connector, sessions: [] };
    known.sessions.push(owned);
    connectors.set(connector, known);
  }
  return { connectors: [...connectors.values()].sort((one, other) => (one.id < other.id ? -1 : 1)), unowned };
}
