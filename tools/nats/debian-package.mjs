// @ts-check
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AptWorkspace, hasApt, readAptSources } from '../debian/apt.workspace.mjs';
import { debianArchives, formatSource } from './apt-sources.codec.mjs';
import { inspectBinary, keepInCache } from './binary.inspection.mjs';
import { isSupported, MINIMUM_VERSION, parseVersion } from './version.codec.mjs';

/** Newest first: the first suite with a version that is new enough and runs here is used. */
export const SUITES = ['sid', 'testing', 'stable'];

/**
 * Extracts nats-server from Debian's package into the cache, without installing the package. The machine's apt is only read: the lists,
 * archives and configuration for this run are in a temporary folder, and its hooks do not run.
 * @param {string} cache
 * @param {(detail: string) => void} report
 * @returns {Promise<{ path: string, version: string, suite: string }>}
 * @throws {Error} with one line that names each suite and why it could not be used
 */
export async function extractDebianPackage(cache, report) {
  if (!hasApt()) throw new Error('apt-get or dpkg is missing');
  const archives = debianArchives(readAptSources('/etc/apt'));
  if (archives.length === 0) throw new Error("the machine's apt sources contain no Debian archive");
  const reasons = [];
  for (const suite of SUITES) {
    for (const archive of archives) {
      report(`suite ${suite} of ${archive.uri}`);
      try {
        return { ...(await AptWorkspace.using(formatSource(archive, suite), apt => extractFrom(apt, cache))), suite };
      } catch (error) {
        reasons.push(`${suite}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }
  throw new Error(reasons.join('; '));
}

/**
 * @param {import('../debian/apt.workspace.mjs').AptWorkspace} apt
 * @param {string} cache
 */
async function extractFrom(apt, cache) {
  const offered = await apt.offeredVersion('nats-server');
  const offeredVersion = parseVersion(offered);
  if (!offeredVersion) throw new Error('has no nats-server');
  if (!isSupported(offeredVersion)) throw new Error(`has ${offered}, older than ${MINIMUM_VERSION}`);
  await apt.extract(['nats-server']);
  const binary = ['usr/sbin/nats-server', 'usr/bin/nats-server'].map(path => join(apt.root, path)).find(existsSync);
  if (!binary) throw new Error('the package does not contain nats-server');
  const inspection = await inspectBinary(binary);
  if (!inspection.usable) throw new Error(inspection.reason);
  return { path: keepInCache(binary, inspection.version, cache), version: inspection.version };
}
