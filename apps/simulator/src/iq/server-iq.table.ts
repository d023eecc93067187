import { TOKEN_BUCKETS } from '../reach/token.codec.js';
import { emptyResult, type IqHandler } from '../world/iq-request.js';
import { mediaFilesOf } from '../media/media-files.js';
import { child, children, element, type Stanza } from '../stanza/stanza.js';
import { newslettersOf, type NewsletterPost } from './newsletter.registry.js';

/** Handles `<clean type timestamp/>`: the device has fetched a part that was dirty. */
export const dirtyIqHandler: IqHandler = ({ device, stanza }) => {
  for (const { attrs } of children(stanza, 'clean')) device?.dirty.delete(attrs['type'] ?? '');
  return emptyResult;
};

/** Returns the list of bots; the simulated WhatsApp has none. */
export const botIqHandler: IqHandler = () => ({
  result: [element('bot', { v: '2' }, [element('section', { type: 'all', name: 'All' }, [])])]
});

/** Returns the host and token for uploads: the simulator's own HTTP server. */
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

/** The duration of live updates of a newsletter, in seconds. */
const LIVE_UPDATES_SECONDS = 300;

/** Answers requests to a newsletter: promises live updates, and returns its newest posts in the order in which they were written. */
export const newsletterIqHandler: IqHandler = ({ world, tag, to, stanza }) => {
  if (tag === 'live_updates') return { result: [element('live_updates', { duration: LIVE_UPDATES_SECONDS })] };
  const count = Number(child(stanza)?.attrs['count'] ?? 0);
  const posts = newslettersOf(world).find(to)?.posts.slice(-count) ?? [];
  return { result: [element(tag === '' ? 'messages' : tag, { jid: to }, count > 0 ? posts.map(postElement) : [])] };
};

function postElement({ serverId, id, at, type, mediaType, message, reactions }: NewsletterPost): Stanza {
  const codes = [...reactions.values()];
  const counts = [...new Set(codes)].map(code => element('reaction', { code, count: codes.filter(each => each === code).length }));
  const content = [element('plaintext', { mediatype: mediaType }, message), element('reactions', {}, counts)];
  return element('message', { id, server_id: serverId, t: at, type }, content);
}

/** `lid_one_on_one_migration_enabled` (whatsapp-rust abprops.rs, of version 2.3000.1044659339). */
const LID_MIGRATION = 9435;

/** `tctoken_num_buckets` (WhatsApp Web's table of switches): 26 as whatsapp-rust PR 473 saw it, 4 if the service does not set it. */
const TOKEN_BUCKETS_SWITCH = 909;

/**
 * Returns feature switches ("AB props"). None of those that Baileys reads (10518, 9666, 14303)
 * is set, so its defaults apply. A client that sends the hash of the current switches gets none.
 */
export const propsIqHandler: IqHandler = ({ account, stanza }) => {
  const migrated = account?.migrated === true;
  const hash = migrated ? 'simulator-2' : 'simulator-1';
  const known = child(stanza, 'props')?.attrs['hash'] === hash;
  const migration = migrated ? [element('prop', { config_code: LID_MIGRATION, config_value: '1' })] : [];
  const props = known ? [] : [...migration, element('prop', { config_code: TOKEN_BUCKETS_SWITCH, config_value: TOKEN_BUCKETS })];
  return { result: [element('props', { protocol: '1', ab_key: 'simulator', hash, refresh: 86_400, refresh_id: 1 }, props)] };
};
