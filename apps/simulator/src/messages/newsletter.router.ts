import { proto } from '@whiskeysockets/baileys';
import type { Device } from '../accounts/account.js';
import { newslettersOf, type Newsletter } from '../iq/newsletter.registry.js';
import { mediaFilesOf } from '../media/media-files.js';
import { child, secondsNow, stanzaBytes, type Stanza } from '../stanza/stanza.js';
import type { World } from '../world/world.js';

/** The range of the ids that the server assigns to posts. */
const SERVER_IDS = { min: 99, max: 2_147_476_647 };
/** Error for a stanza that does not have the form that the service requires. */
const INVALID = 479;

export function isNewsletterJid(jid: string): boolean {
  return jid.endsWith('@newsletter');
}

/** Handles a post or a reaction to one; returns the code if it is refused. */
export function postToNewsletter(world: World, author: Device, stanza: Stanza): number | undefined {
  const newsletter = newslettersOf(world).find(stanza.attrs['to'] ?? '');
  if (!newsletter) return 404;
  return stanza.attrs['type'] === 'reaction' ? react(newsletter, author, stanza) : post(world, newsletter, { author, stanza });
}

/** Handles a post. The `<plaintext>` of a post of the type `media` contains its kind (zapo 6f0e0e6); that includes a text with a link preview. */
function post(world: World, newsletter: Newsletter, { author, stanza }: { author: Device; stanza: Stanza }): number | undefined {
  const plaintext = child(stanza, 'plaintext');
  const bytes = stanzaBytes(plaintext);
  if (!newsletter.admins.has(author.account)) return 403;
  if (!plaintext || (stanza.attrs['type'] === 'media') !== (plaintext.attrs['mediatype'] !== undefined)) return INVALID;
  if (bytes && !isReadable(world, bytes)) return INVALID;
  if (bytes && stanza.attrs['edit'] === undefined)
    newsletter.posts.push({
      serverId: String(SERVER_IDS.min + 1 + newsletter.posts.length),
      id: stanza.attrs['id'] ?? '',
      at: secondsNow(),
      type: stanza.attrs['type'] ?? 'text',
      mediaType: plaintext.attrs['mediatype'],
      message: bytes,
      reactions: new Map()
    });
  return undefined;
}

/**
 * Returns whether the picture of a link preview is readable: unencrypted, uploaded to the path
 * of channel pictures, and without a key (zapo PR 216). That others are refused is a guess.
 */
function isReadable(world: World, bytes: Uint8Array): boolean {
  const { thumbnailDirectPath, thumbnailSha256, thumbnailEncSha256, mediaKey } = proto.Message.decode(bytes).extendedTextMessage ?? {};
  if (!thumbnailDirectPath) return true;
  const hash = Buffer.from(thumbnailSha256 ?? []).toString('base64url');
  return (
    thumbnailDirectPath.endsWith(`/${hash}`) &&
    mediaFilesOf(world).channelThumbnails.has(hash) &&
    !thumbnailEncSha256?.length &&
    !mediaKey?.length
  );
}

/** Handles a reaction, which refers to the post by the number that the server assigned; the message id is refused in its place (Baileys 2644). */
function react(newsletter: Newsletter, author: Device, stanza: Stanza): number | undefined {
  const { server_id: serverId, edit } = stanza.attrs;
  const reaction = child(stanza, 'reaction');
  const code = reaction?.attrs['code'];
  const number = Number(serverId);
  if (!reaction || !Number.isInteger(number) || number < SERVER_IDS.min || number > SERVER_IDS.max) return INVALID;
  if ((code === undefined) !== (edit === '7')) return INVALID;
  const target = newsletter.posts.find(each => each.serverId === serverId);
  if (code === undefined) target?.reactions.delete(author.account);
  else target?.reactions.set(author.account, code);
  return undefined;
}
