/** The oldest nats-server Wabus works with: 2.12 brought the atomic batches that key transactions need. */
export const MINIMUM_SERVER_VERSION = '2.12.0';

/** Whether a server of this version can be used. What cannot be read as a version is given the benefit of the doubt. */
export function isSupportedServer(version: string): boolean {
  const [major, minor] = /^(\d+)\.(\d+)\./.exec(version)?.slice(1).map(Number) ?? [];
  const [wantedMajor, wantedMinor] = MINIMUM_SERVER_VERSION.split('.').map(Number);
  if (major === undefined || minor === undefined) return true;
  return major > wantedMajor! || (major === wantedMajor && minor >= wantedMinor!);
}
