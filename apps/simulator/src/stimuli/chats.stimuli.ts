import { mutateFromPhone } from '../app-state/phone-mutation.js';
import { announceGroup } from '../groups/group-notifier.js';
import { groupsOf } from '../groups/groups.registry.js';
import { provokedBy, type StimulusContext } from './stimulus.js';

const DAY_MS = 86_400_000;

/** Stimuli for the list of chats. */
export const chatStimuli = {
  'chats.upsert': provokedBy('the contact makes a group with the account in it', context => formGroup(context)),
  'chats.update': provokedBy("the owner mutes the contact's chat for a day on the phone", async ({ world, account, contact }) => {
    const muteEndTimestamp = Date.now() + DAY_MS;
    await mutateFromPhone(world, account, {
      collection: 'regular_high',
      index: ['mute', contact.shownJid()],
      action: { muteAction: { muted: true, muteEndTimestamp } }
    });
    return `chats.update carries muteEndTime of ${contact.shownJid()}`;
  }),
  'chats.delete': provokedBy("the owner deletes the contact's chat on the phone", async ({ world, account, contact }) => {
    await mutateFromPhone(world, account, {
      collection: 'regular_high',
      index: ['deleteChat', contact.shownJid(), '1'],
      action: { deleteChatAction: {} }
    });
    return `chats.delete names ${contact.shownJid()}`;
  }),
  'chats.lock': provokedBy("the owner locks the contact's chat on the phone", async ({ world, account, contact }) => {
    await mutateFromPhone(world, account, {
      collection: 'regular_low',
      index: ['lock', contact.shownJid()],
      action: { lockChatAction: { locked: true } }
    });
    return `chats.lock names ${contact.shownJid()}`;
  })
};

/** Creates a group of the contact with the account in it, and notifies all members. */
export function formGroup({ world, account, contact }: StimulusContext): string {
  const group = groupsOf(world).create({ subject: `Group of ${contact.name}`, owner: contact, members: [account] });
  announceGroup(world, group, contact, group.members.keys());
  return `the group is ${group.jid}`;
}

const LABEL_ID = '5';

/** Stimuli for labels of business accounts. */
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
      index: ['label_jid', LABEL_ID, contact.shownJid()],
      action: { labelAssociationAction: { labeled: true } },
      apiVersion: 3
    });
    return `label ${LABEL_ID} is on ${contact.shownJid()}`;
  })
};
