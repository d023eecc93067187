import type { OwnershipView } from '@wabus/contracts';

/** The processes of one release; `null` for processes that do not report their release. */
export interface VersionGroup {
  readonly version: string | null;
  readonly connectors: readonly string[];
  readonly edges: number;
}

/** The running releases, newest first; processes that do not report their release are last. Lost connectors do not count. */
export function versionGroups({ connectors, edges }: Pick<OwnershipView, 'connectors' | 'edges'>): VersionGroup[] {
  const running = connectors.filter(({ state }) => state !== 'lost');
  const versions = [...new Set([...running, ...edges].map(({ version }) => version))];
  return versions.sort(newestFirst).map(version => ({
    version,
    connectors: running.filter(one => one.version === version).map(({ id }) => id),
    edges: edges.filter(one => one.version === version).length
  }));
}

function newestFirst(one: string | null, other: string | null): number {
  if (one === null || other === null) return one === other ? 0 : one === null ? 1 : -1;
  return other.localeCompare(one, 'en', { numeric: true });
}
