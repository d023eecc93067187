import type { StimulusContext } from './stimulus.js';
import { newslettersOf, type Newsletter } from '../iq/newsletter.registry.js';
import { SERVER_JID, element, type Stanza } from '../stanza/stanza.js';
import { provokedBy } from './stimulus.js';

/** The number under which a newsletter keeps its first post. */
const FIRST_POST = '100';

/** Newsletters ("channels"). */
export const newsletterStimuli = {
  'newsletter.reaction': provokedBy('somebody reacts to a post of a newsletter of the contact', context =>
    notify(context, () => element('reaction', { message_id: FIRST_POST }, [element('reaction', {}, Buffer.from('👍'))]))
  ),
  'newsletter.view': provokedBy("the number of views of a newsletter's post changes", context =>
    notify(context, () => element('view', { message_id: FIRST_POST }, Buffer.from('42')))
  ),
  'newsletter-participants.update': provokedBy('the contact makes the account an admin of a newsletter', context =>
    notify(context, newsletter => {
      newsletter.admins.add(context.account);
      return element('participant', { jid: context.account.jid(), action: 'promote', role: 'ADMIN' });
    })
  ),
  'newsletter-settings.update': provokedBy('the contact renames a newsletter', context =>
    notify(context, newsletter => {
      newsletter.name = `News ${Date.now() % 1000}`;
      return element('update', {}, [element('settings', {}, [element('name', {}, Buffer.from(newsletter.name))])]);
    })
  )
};

/** Tells the account's devices about a newsletter of the contact, made on first use, which the account follows. */
function notify({ world, account, contact }: StimulusContext, change: (newsletter: Newsletter) => Stanza): string {
  const newsletter = newslettersOf(world).ofOwner(contact) ?? newslettersOf(world).create(contact, `News of ${contact.name}`);
  newsletter.followers.add(account);
  const attrs = { from: newsletter.jid, type: 'newsletter', participant: contact.shownJid() };
  world.deliverToAll(account, element('notification', attrs, [change(newsletter)]));
  return `the newsletter is ${newsletter.jid}`;
}

/** A GraphQL notification: what happened, and its data as JSON. */
export function mexNotification(operation: string, data: object): Stanza {
  const update = element('update', { op_name: operation }, Buffer.from(JSON.stringify({ data })));
  return element('notification', { from: SERVER_JID, type: 'mex' }, [update]);
}
