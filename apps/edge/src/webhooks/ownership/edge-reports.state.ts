import { decodeProcess, NOTHING_SAID, type EdgeView } from '@wabus/contracts';

/** What the edges that live say of themselves, in their leases. */
export class EdgeReports {
  private readonly edges = new Map<string, EdgeView>();

  /** A lease was renewed, or removed: `null`. */
  apply(edge: string, value: Uint8Array | null, answering: boolean): void {
    if (value === null) this.edges.delete(edge);
    else this.edges.set(edge, { id: edge, answering, ...NOTHING_SAID, ...decodeProcess(value) });
  }

  /** By the time of their start, those that do not say it first. */
  list(): EdgeView[] {
    return [...this.edges.values()].sort(
      (one, other) => (one.startedAt ?? '').localeCompare(other.startedAt ?? '') || (one.id < other.id ? -1 : 1)
    );
  }
}
