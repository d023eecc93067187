import { mutateFromPhone } from '../app-state/phone-mutation.js';
import { provokedBy } from './stimulus.builder.js';

const LABEL_ID = '5';

/** Labels of business accounts. */
export const labelStimuli = {
  'labels.edit': provokedBy('the owner makes a label on the phone', async ({ world, account }) => {
    await mutateFromPhone(world, account, {
      collection: 'regular',
      index: ['label_edit', LABEL_ID],
      action: { labelEditAction: { name: 'Important', color: 1, deleted: false } },
      apiVersion: 3
    });
    return `the label is ${LABEL_ID}`;
  }),
  'labels.association': provokedBy("the owner puts a label on the contact's chat", async ({ world, account, contact }) => {
    await mutateFromPhone(world, account, {
      collection: 'regular',
      index: ['label_jid', LABEL_ID, contact.jid()],
      action: { labelAssociationAction: { labeled: true } },
      apiVersion: 3
    });
    return `label ${LABEL_ID} is on ${contact.jid()}`;
  })
};
