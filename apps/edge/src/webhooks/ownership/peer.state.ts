interface Peer {
  revision: number;
  silentMs: number;
}

/** The leases of the other edges, as far as this one has heard of them. Silence is counted on the clock of this edge, only while it renews its own lease. */
export class Peers {
  private readonly peers = new Map<string, Peer>();

  constructor(private readonly leaseMs: number) {}

  renewed(edge: string, revision: number): void {
    if (revision > (this.peers.get(edge)?.revision ?? 0)) this.peers.set(edge, { revision, silentMs: 0 });
  }

  gone(edge: string): void {
    this.peers.delete(edge);
  }

  /** So much time has passed. Returns who was silent for a lease by now, with the revision at which to declare it dead. */
  elapsed(ms: number): { edge: string; revision: number }[] {
    for (const peer of this.peers.values()) peer.silentMs += ms;
    return [...this.peers].filter(([, { silentMs }]) => silentMs > this.leaseMs).map(([edge, { revision }]) => ({ edge, revision }));
  }

  get names(): string[] {
    return [...this.peers.keys()];
  }
}
