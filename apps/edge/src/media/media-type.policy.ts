/** Media types without meaning: what a client sends that knows nothing better. */
const NOTHING_SAID = new Set(['application/octet-stream', 'application/x-www-form-urlencoded', 'multipart/form-data', '']);
const MEDIA_TYPE = /^[a-z0-9.+-]+\/[a-z0-9.+-]+$/;
/** Containers that hold many kinds of files, where the name says more than the first bytes. */
const CONTAINERS = new Set(['application/zip', 'application/x-cfb', 'application/xml']);

/**
 * The media type of a file: what its first bytes show, or what its sender says when they show nothing or only a container. A sender cannot make another file an image, sound or
 * video by saying so.
 */
export function mediaType(sniffed: string | null, said: string | undefined): string {
  const claim = (said ?? '').split(';')[0]!.trim().toLowerCase();
  const usable = MEDIA_TYPE.test(claim) && !NOTHING_SAID.has(claim) && !/^(image|audio|video)\//.test(claim);
  if (sniffed !== null && !(CONTAINERS.has(sniffed) && usable)) return sniffed;
  return usable ? claim : 'application/octet-stream';
}

const SHOWN = /^(image\/(jpeg|png|gif|webp)|audio\/[a-z0-9.+-]+|video\/[a-z0-9.+-]+)$/;

/** Whether a browser may show a file where it is: nothing that could run a script in the name of this server. */
export const mayBeShown = (mimetype: string): boolean => SHOWN.test(mimetype.split(';')[0]!.trim());
