import type { IqHandler } from '../world/iq-request.js';
import { mediaFilesOf } from '../media/media-files.js';
import { element } from '../stanza/stanza.js';

/** The list of bots; the simulated WhatsApp has none. */
export const botIqHandler: IqHandler = () => ({
  result: [element('bot', { v: '2' }, [element('section', { type: 'all', name: 'All' }, [])])]
});

/** Tells a client where to upload files and with what token: the simulator's own HTTP server. */
export const mediaConnIqHandler: IqHandler = ({ world }) => {
  const media = mediaFilesOf(world);
  return {
    result: [
      element('media_conn', { auth: media.uploadToken, ttl: 3600, auth_ttl: 21_600, max_buckets: 12 }, [
        element('host', { hostname: media.hostname, maxContentLengthBytes: media.store.limits.maxBlobBytes })
      ])
    ]
  };
};

/** How long live updates of a newsletter last, in seconds. */
const LIVE_UPDATES_SECONDS = 300;

/** Answers questions to a newsletter: live updates are promised, its stored messages are none. */
export const newsletterIqHandler: IqHandler = ({ tag, to }) => {
  if (tag === 'live_updates') return { result: [element('live_updates', { duration: LIVE_UPDATES_SECONDS })] };
  return { result: [element(tag === '' ? 'messages' : tag, { jid: to }, [])] };
};

/** Feature switches ("AB props"); none of those that Baileys reads (10518, 9666, 14303) is set, so its defaults hold. */
export const propsIqHandler: IqHandler = () => ({
  result: [element('props', { protocol: '1', ab_key: 'simulator', hash: 'simulator-1', refresh: 86_400, refresh_id: 1 }, [])]
});
