import type { OwnershipView } from '@wabus/contracts';

/** The processes of one release. `version` is `null` for processes that do not report their release. */
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
  const [core, prerelease] = split(one);
  const [otherCore, otherPrerelease] = split(other);
  // A prerelease is older than its release.
  return compare(otherCore, core) || Number(prerelease !== '') - Number(otherPrerelease !== '') || compare(otherPrerelease, prerelease);
}

function split(version: string): [core: string, prerelease: string] {
  const [core = '', ...prerelease] = version.split('-');
  return [core, prerelease.join('-')];
}

const compare = (one: string, other: string): number => one.localeCompare(other, 'en', { numeric: true });
