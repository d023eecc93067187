import type { StimulusContext } from './stimulus.js';
import { newslettersOf, type Newsletter } from '../iq/newsletter.registry.js';
import { SERVER_JID, element, secondsNow, type Stanza } from '../stanza/stanza.js';
import { provokedBy } from './stimulus.js';

/** The server id of a newsletter's first post. */
const FIRST_POST = '100';

/**
 * Stimuli for newsletters ("channels"): live updates of posts, and operations (whatsmeow notification.go `handleNewsletterNotification`,
 * `newsletterEvent`). Baileys reads other forms, which no other client supports, so a Baileys socket alone emits nothing for them.
 */
export const newsletterStimuli = {
  'newsletter.reaction': provokedBy('somebody reacts to a post of a newsletter of the contact', context =>
    notify(context, ({ jid }) => liveUpdate(jid, element('reactions', {}, [element('reaction', { code: '👍', count: 1 })])))
  ),
  'newsletter.view': provokedBy("the number of views of a newsletter's post changes", context =>
    notify(context, ({ jid }) => liveUpdate(jid, element('views_count', { count: 42 })))
  ),
  'newsletter-participants.update': provokedBy('the contact makes the account an admin of a newsletter', context =>
    notify(context, newsletter => {
      newsletter.admins.add(context.account);
      const updates = [{ jid: newsletter.jid, user: context.account.jid() }];
      // The form that Baileys reads; that of other clients is not known.
      const body = Buffer.from(JSON.stringify({ operation: 'NotificationNewsletterAdminPromote', data: {}, updates }));
      const update = element('update', { op_name: 'NotificationNewsletterAdminPromote' }, body);
      return element('notification', { from: SERVER_JID, type: 'mex' }, [update]);
    })
  ),
  'newsletter-settings.update': provokedBy('the contact renames a newsletter', context =>
    notify(context, newsletter => {
      newsletter.name = `News ${Date.now() % 1000}`;
      const changed = { id: newsletter.jid, thread_metadata: { name: { text: newsletter.name, update_time: secondsNow() } } };
      return mexNotification('NotificationNewsletterUpdate', { xwa2_notify_newsletter_on_metadata_update: changed });
    })
  )
};

/** Notifies the account's devices of a newsletter of the contact, which is created on first use and which the account follows. */
function notify({ world, account, contact }: StimulusContext, change: (newsletter: Newsletter) => Stanza): string {
  const newsletter = newslettersOf(world).ofOwner(contact) ?? newslettersOf(world).create(contact, `News of ${contact.name}`);
  newsletter.followers.add(account);
  world.deliverToAll(account, change(newsletter));
  return `the newsletter is ${newsletter.jid}`;
}

/** Returns a live update of the first post. */
function liveUpdate(jid: string, ...parts: Stanza[]): Stanza {
  const post = element('message', { server_id: FIRST_POST, id: '3EB0C0FFEE', type: 'text', t: secondsNow() }, parts);
  return element('notification', { from: jid, type: 'newsletter' }, [element('live_updates', {}, [post])]);
}

/** Returns a GraphQL notification: the operation, and its data as JSON. */
export function mexNotification(operation: string, data: object): Stanza {
  const update = element('update', { op_name: operation }, Buffer.from(JSON.stringify({ data })));
  return element('notification', { from: SERVER_JID, type: 'mex' }, [update]);
}
