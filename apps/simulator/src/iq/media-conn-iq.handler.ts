import type { IqHandler } from '../iq-contract.js';
import { mediaOf } from '../media/media.files.js';
import { element } from '../stanza/stanza.js';

/** Tells a client where to upload files and with what token: the simulator's own HTTP server. */
export const mediaConnIqHandler: IqHandler = ({ world }) => {
  const media = mediaOf(world);
  return {
    result: [
      element('media_conn', { auth: media.uploadToken, ttl: 3600, auth_ttl: 21_600, max_buckets: 12 }, [
        element('host', { hostname: media.hostname, maxContentLengthBytes: media.store.limits.maxBlobBytes })
      ])
    ]
  };
};
