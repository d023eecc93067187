import type { Connection } from './connection.js';

/** The connections that are open now, in the order in which they came. */
export class ConnectionsRegistry {
  private readonly byId = new Map<string, Connection>();

  add(connection: Connection): void {
    this.byId.set(connection.id, connection);
  }

  remove(connection: Connection): void {
    this.byId.delete(connection.id);
  }

  find(id: string): Connection | undefined {
    return this.byId.get(id);
  }

  all(): Connection[] {
    return [...this.byId.values()];
  }
}
