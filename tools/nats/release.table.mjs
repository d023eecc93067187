// @ts-check

/** The pinned official release, which is downloaded, and which the tests and docker-compose.yml run as a container image. */
export const RELEASE_VERSION = '2.14.0';

export const RELEASE_IMAGE = `nats:${RELEASE_VERSION}-alpine3.22`;

export const RELEASE_BASE_URL = 'https://github.com/nats-io/nats-server/releases/download';

/**
 * The SHA-256 checksums of the release archives, from the release's SHA256SUMS file. A platform without a row is not downloaded.
 * @type {Readonly<Record<string, string>>}
 */
export const RELEASE_CHECKSUMS = {
  'linux-amd64': '3d8b74dfad39af184c765a6dd120441ed1c648d6672eddf6b304f222661251b8',
  'linux-arm64': 'ce7dc5f7d97b70dabc38b13157fed28d7d06227860676143c15c62c5c297996c',
  'darwin-amd64': 'c307afaa5810dea24bfe5bb0cd895ddc7c47946f359823336ef3be1a41bdddfa',
  'darwin-arm64': '36f28cf166e5ae5dd88d700a609c810b97ffad641e0c51b49cf8fae25fb3fac7'
};

/**
 * Returns the name of a platform in the names of release archives.
 * @param {NodeJS.Platform} platform
 * @param {string} arch Node's name, such as `x64`
 */
export function releasePlatform(platform, arch) {
  return `${platform}-${arch === 'x64' ? 'amd64' : arch}`;
}

/**
 * Returns the archive for a platform, or `null` if no checksum is pinned.
 * @param {string} platform such as `linux-amd64`
 * @param {string} [baseUrl]
 */
export function releaseArchive(platform, baseUrl = RELEASE_BASE_URL) {
  const sha256 = RELEASE_CHECKSUMS[platform];
  if (!sha256) return null;
  const folder = `nats-server-v${RELEASE_VERSION}-${platform}`;
  return { folder, sha256, url: `${baseUrl}/v${RELEASE_VERSION}/${folder}.tar.gz` };
}
