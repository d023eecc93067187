/** Returns whether a page of this origin comes from this host. The scheme may differ, because a proxy may terminate TLS. */
export function isOriginAt(origin: string, host: string): boolean {
  try {
    const { protocol, host: own } = new URL(origin);
    return own !== '' && new URL(`${protocol}//${host}`).host === own;
  } catch {
    return false;
  }
}
