/** The oldest supported version of nats-server: 2.12 introduced the atomic batches that key transactions need. */
export const MINIMUM_SERVER_VERSION = '2.12.0';

/** Returns whether a server of this version is supported. A string that is not a version is accepted. */
export function isSupportedServer(version: string): boolean {
  const [major, minor] = /^(\d+)\.(\d+)\./.exec(version)?.slice(1).map(Number) ?? [];
  const [wantedMajor, wantedMinor] = MINIMUM_SERVER_VERSION.split('.').map(Number);
  if (major === undefined || minor === undefined) return true;
  return major > wantedMajor! || (major === wantedMajor && minor >= wantedMinor!);
}
