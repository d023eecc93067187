// @ts-check
import { findOnPath } from '../process/command.runner.mjs';
import { cachedBinaries, cacheFolder, inspectBinary } from './binary.inspection.mjs';
import { extractDebianPackage } from './debian-package.mjs';
import { requireImage } from './docker.engine.mjs';
import { downloadRelease } from './release.download.mjs';
import { RELEASE_IMAGE, RELEASE_VERSION, releaseArchive, releasePlatform } from './release.table.mjs';
import { accessOf, probeServer } from './remote-server.probe.mjs';
import { MINIMUM_VERSION } from './version.codec.mjs';

/**
 * A usable nats-server: a running server, a binary to start, or an image to run.
 * @typedef {{ kind: 'url', url: string, version: string } | { kind: 'binary', path: string, version: string } | { kind: 'docker', image: string }} NatsServer
 */

/**
 * One source to search. `find` resolves to the server, or to `null` if the source does not apply; it rejects with one line that gives the
 * reason.
 * The user requested a `binding` source, so if it fails, no other source is searched.
 * @typedef {object} Source
 * @property {string} name the name of the source, for messages
 * @property {boolean} [binding]
 * @property {(report: (detail: string) => void) => Promise<NatsServer | null>} find
 */

/**
 * Searches the sources in order and returns the first server found.
 * @param {Source[]} sources
 * @param {(text: string) => import('../terminal/progress.mjs').Step} startStep
 * @returns {Promise<NatsServer>}
 * @throws {Error} lists everything that was tried, why each failed, and what to do
 */
export async function searchNatsServer(sources, startStep) {
  const failures = [];
  for (const source of sources) {
    const step = startStep(`nats-server: ${source.name}`);
    try {
      const found = await source.find(step.update);
      if (found) {
        step.done(`nats-server: ${describe(found)}, ${source.name}`);
        return found;
      }
      step.drop();
      failures.push(`${source.name}: none`);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      step.skip(`nats-server: ${source.name}: ${reason}`);
      failures.push(`${source.name}: ${reason}`);
      if (source.binding) break;
    }
  }
  throw new Error(
    [
      `No usable nats-server (${MINIMUM_VERSION} or newer). Tried:`,
      ...failures.map((failure, index) => `  ${index + 1}. ${failure}`),
      'What to do: install nats-server (https://docs.nats.io/running-a-nats-service/introduction/installation) so that it is on the PATH,',
      `start Docker, or set WABUS_NATS_URL to a NATS server ${MINIMUM_VERSION} or newer with JetStream.`
    ].join('\n')
  );
}

/**
 * Returns the sources in order: a server that is named, the PATH, the cache, the official release, Debian's package, Docker.
 * @param {{ env: NodeJS.ProcessEnv, binaryOnly?: boolean, platform?: string, releaseBaseUrl?: string }} options `binaryOnly` excludes servers
 * and images: tests start, stop and pause their own servers, for which they need a binary
 * @returns {Source[]}
 */
export function natsServerSources({ env, binaryOnly = false, platform, releaseBaseUrl }) {
  const cache = cacheFolder(env);
  const url = env['WABUS_NATS_URL'];
  const archive = releaseArchive(platform ?? releasePlatform(process.platform, process.arch), releaseBaseUrl);
  /** @type {Source[]} */
  const binaries = [
    { name: 'on the PATH', find: () => firstUsable([findOnPath('nats-server', env['PATH'])].filter(path => path !== null)) },
    { name: `in the cache ${cache}`, find: () => firstUsable(cachedBinaries(cache)) },
    {
      name: `official release ${RELEASE_VERSION}`,
      find: async () => {
        if (!archive)
          throw new Error(`no pinned checksum for ${platform ?? `${process.platform} on ${process.arch}`}, so it is not downloaded`);
        return { kind: 'binary', ...(await downloadRelease(archive, cache)) };
      }
    },
    {
      name: "Debian's package",
      find: async report => {
        const { path, version } = await extractDebianPackage(cache, report);
        return { kind: 'binary', path, version };
      }
    }
  ];
  if (binaryOnly) return binaries;
  /** @type {Source} */
  const docker = {
    name: 'Docker',
    find: async report => {
      await requireImage(RELEASE_IMAGE, report);
      return { kind: 'docker', image: RELEASE_IMAGE };
    }
  };
  if (!url) return [...binaries, docker];
  return [
    { name: 'WABUS_NATS_URL', binding: true, find: async () => ({ kind: 'url', url, version: await probeServer(url, accessOf(env)) }) }
  ];
}

/**
 * @param {string[]} paths
 * @returns {Promise<NatsServer | null>}
 */
async function firstUsable(paths) {
  const reasons = [];
  for (const path of paths) {
    const inspection = await inspectBinary(path);
    if (inspection.usable) return { kind: 'binary', path, version: inspection.version };
    reasons.push(inspection.reason);
  }
  if (reasons.length > 0) throw new Error(reasons.join('; '));
  return null;
}

/** @param {NatsServer} server */
function describe(server) {
  return server.kind === 'docker' ? server.image : server.version;
}
