import { QueryIds } from '@whiskeysockets/baileys';
import { UPDATE_TEXT_STATUS } from './about-text.handler.js';
import type { MexVariables } from './newsletter-mex.table.js';

/** The official client's query for a channel, `WAWebMexFetchNewsletterJobQuery`. */
export const FETCH_NEWSLETTER = '27456920720571478';

const CHANNEL = ['newsletter_id'];
const CHANNEL_AND_USER = ['newsletter_id', 'user_id'];

/**
 * The declared variables of each stored query. The service refuses a query with 400 if one of these is missing, or a flag is null, before it checks
 * anything else (zapo 460c9b0 and issue 238, whatsapp-rust 1372).
 */
const DECLARED: Readonly<Record<string, readonly string[]>> = {
  [QueryIds.METADATA]: ['fetch_creation_time', 'fetch_full_image', 'fetch_viewer_metadata', 'input'],
  [FETCH_NEWSLETTER]: [
    'fetch_creation_time',
    'fetch_full_image',
    'fetch_pinned_messages',
    'fetch_status_metadata',
    'fetch_viewer_metadata',
    'fetch_wamo_sub',
    'input'
  ],
  [QueryIds.CREATE]: ['input'],
  [QueryIds.UPDATE_METADATA]: ['newsletter_id', 'updates'],
  [QueryIds.SUBSCRIBERS]: CHANNEL,
  [QueryIds.FOLLOW]: CHANNEL,
  [QueryIds.UNFOLLOW]: CHANNEL,
  [QueryIds.MUTE]: CHANNEL,
  [QueryIds.UNMUTE]: CHANNEL,
  [QueryIds.ADMIN_COUNT]: CHANNEL,
  [QueryIds.CHANGE_OWNER]: CHANNEL_AND_USER,
  [QueryIds.DEMOTE]: CHANNEL_AND_USER,
  [QueryIds.DELETE]: CHANNEL,
  [UPDATE_TEXT_STATUS]: ['input']
};

/** Returns whether every declared variable is present. */
export function hasDeclaredVariables(queryId: string, variables: MexVariables): boolean {
  return (DECLARED[queryId] ?? []).every(name => variables[name] !== undefined && variables[name] !== null);
}
