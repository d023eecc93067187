import { decodeProcess, NOTHING_REPORTED, type EdgeView } from '@wabus/contracts';

/** The figures that running edges report in their leases. */
export class EdgeReports {
  private readonly edges = new Map<string, EdgeView>();

  /** Applies the new value of a lease, or `null` if the lease was removed. */
  apply(edge: string, value: Uint8Array | null, answering: boolean): void {
    if (value === null) this.edges.delete(edge);
    else this.edges.set(edge, { id: edge, answering, ...NOTHING_REPORTED, ...decodeProcess(value) });
  }

  /** Returns the reports in order of start time. Edges that do not report a start time come first. */
  list(): EdgeView[] {
    return [...this.edges.values()].sort(
      (one, other) => (one.startedAt ?? '').localeCompare(other.startedAt ?? '') || (one.id < other.id ? -1 : 1)
    );
  }
}
