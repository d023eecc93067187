import type { Account } from '../accounts/account.js';
import { element, type Stanza } from '../stanza/stanza.js';
import type { GroupRecord } from './group.state.js';

/** Returns `<participant>` with the jid in the group's addressing and the other address as an attribute. */
export function participantElement(group: GroupRecord, account: Account, attrs: Record<string, string | number | undefined> = {}): Stanza {
  return element('participant', {
    jid: account.jid(group.addressing),
    ...(group.addressing === 'lid'
      ? { phone_number: account.shownNumber, participant_username: account.username }
      : { lid: account.jid('lid') }),
    ...attrs
  });
}

/** Returns `<group>` as a query and a `<create>` contain it: settings, description and members. The id is without `@g.us`. */
export function groupElement(group: GroupRecord): Stanza {
  const members = [...group.members].map(([account, role]) =>
    participantElement(group, account, { type: role === 'member' ? undefined : role })
  );
  return element('group', groupAttributes(group), [...settingElements(group), ...members]);
}

/** Returns the same element under the name that Baileys uses for a community's metadata. */
export function communityElement(group: GroupRecord): Stanza {
  return { ...groupElement(group), tag: 'community' };
}

function groupAttributes(group: GroupRecord): Record<string, string | number | undefined> {
  const lid = group.addressing === 'lid';
  return {
    id: group.id,
    subject: group.subject,
    s_t: group.subjectAt,
    s_o: group.subjectAuthor.jid(group.addressing),
    s_o_pn: lid ? group.subjectAuthor.shownNumber : undefined,
    creation: group.createdAt,
    creator: group.owner.jid(group.addressing),
    creator_pn: lid ? group.owner.shownNumber : undefined,
    addressing_mode: group.addressing,
    size: group.members.size,
    p_v_id: group.memberVersion,
    a_v_id: group.settingVersion
  };
}

function settingElements(group: GroupRecord): Stanza[] {
  const settings: Stanza[] = [element('member_add_mode', {}, group.memberAddMode)];
  if (group.suspended) settings.push(element('suspended'));
  if (group.announcement) settings.push(element('announcement'));
  if (group.locked) settings.push(element('locked'));
  if (group.ephemeralSeconds > 0) settings.push(element('ephemeral', { expiration: group.ephemeralSeconds }));
  if (group.joinApproval) settings.push(element('membership_approval_mode', {}, [element('group_join', { state: 'on' })]));
  if (group.description) settings.push(descriptionElement(group, group.description));
  if (group.isParent) settings.push(element('parent', { default_membership_approval_mode: 'request_required' }));
  if (group.isCommunityAnnounce) settings.push(element('default_sub_group'));
  if (group.parentJid !== undefined) settings.push(element('linked_parent', { jid: group.parentJid }));
  return settings;
}

function descriptionElement(group: GroupRecord, description: NonNullable<GroupRecord['description']>): Stanza {
  const attrs = {
    id: description.id,
    t: description.at,
    participant: description.author.jid(group.addressing),
    participant_pn: group.addressing === 'lid' ? description.author.shownNumber : undefined
  };
  return element('description', attrs, [element('body', {}, Buffer.from(description.text))]);
}
