import { stanzaBytes, child, element, requiredBytes, requiredChild, secondsNow, stanzaText, type Stanza } from '../stanza/stanza.js';
import { emptyResult, iqRefusal, type IqAnswer } from '../world/iq-request.js';
import { withPermission, type GroupIqTable, type GroupIqRequest } from './group-request.js';
import { notifyMembers } from './group-notifier.js';
import { communityElement, groupElement } from './group-stanza.js';
import type { GroupRecord } from './group.state.js';

/** Requests to read one group and to change its subject, description and settings. */
export const settingIqs: GroupIqTable = {
  'get/query': withPermission('see', ({ group }) => ({
    // Baileys reads a community's metadata from <community>, a group's from <group>.
    result: group.isParent ? [groupElement(group), communityElement(group)] : [groupElement(group)]
  })),
  'set/subject': withPermission('edit-info', request => {
    const subject = requiredBytes(request.question).toString('utf8');
    if (subject === '' || Buffer.byteLength(subject) > 400) return iqRefusal.notAcceptable;
    request.group.rename(subject, request.account);
    return changed(request, subjectChange(request.group));
  }),
  'set/description': withPermission('edit-info', request => {
    // The request names the description that it replaces; otherwise the change is in conflict (whatsmeow `SetGroupTopic`).
    if (request.question.attrs['prev'] !== request.group.description?.id) return iqRefusal.conflict;
    request.group.description = describe(request);
    return changed(request, descriptionChange(request.group));
  }),
  'set/announcement': toggle('announcement', true),
  'set/not_announcement': toggle('announcement', false),
  'set/locked': toggle('locked', true),
  'set/unlocked': toggle('locked', false),
  'set/ephemeral': withPermission('edit-info', request => setEphemeral(request, Number(request.question.attrs['expiration'] ?? 0))),
  'set/not_ephemeral': withPermission('edit-info', request => setEphemeral(request, 0)),
  'set/member_add_mode': withPermission('configure', request => {
    const mode = stanzaText(request.question);
    if (mode !== 'admin_add' && mode !== 'all_member_add') return iqRefusal.badRequest;
    request.group.memberAddMode = mode;
    return changed(request, element('member_add_mode', {}, Buffer.from(mode)));
  }),
  'set/membership_approval_mode': withPermission('configure', request => {
    // The setting of a community is called <community_join>, that of a group <group_join>.
    const state = child(request.question)?.attrs['state'];
    if (state !== 'on' && state !== 'off') return iqRefusal.badRequest;
    request.group.joinApproval = state === 'on';
    return changed(request, element('membership_approval_mode', {}, [element('group_join', { state })]));
  })
};

/** Returns `<subject>` of a notification. */
export function subjectChange(group: GroupRecord): Stanza {
  return element('subject', { subject: group.subject, s_t: group.subjectAt, s_o: group.subjectAuthor.jid(group.addressing) });
}

/** Returns `<description>` of a notification; with `<delete/>` if it was removed (whatsmeow group.go; the attribute `delete` is the form of clients). */
export function descriptionChange(group: GroupRecord): Stanza {
  const { description } = group;
  if (!description) return element('description', { id: secondsNow() }, [element('delete')]);
  return element('description', { id: description.id }, [element('body', {}, Buffer.from(description.text))]);
}

/** Returns `<ephemeral>` or `<not_ephemeral>` of a notification. */
export function ephemeralChange(group: GroupRecord): Stanza {
  return group.ephemeralSeconds > 0 ? element('ephemeral', { expiration: group.ephemeralSeconds, trigger: 1 }) : element('not_ephemeral');
}

function describe({ question, account }: GroupIqRequest): GroupRecord['description'] {
  if (question.attrs['delete'] === 'true') return undefined;
  const text = stanzaBytes(requiredChild(question, 'body'))?.toString('utf8') ?? '';
  return { id: question.attrs['id'] ?? secondsNow(), text, author: account, at: Number(secondsNow()) };
}

function toggle(setting: 'announcement' | 'locked', on: boolean): GroupIqTable[string] {
  return withPermission('configure', request => {
    request.group[setting] = on;
    return changed(request, settingChange(setting, on));
  });
}

/** Returns `<announcement>`, `<not_announcement>`, `<locked>` or `<unlocked>`. */
export function settingChange(setting: 'announcement' | 'locked', on: boolean): Stanza {
  if (on) return element(setting);
  return element(setting === 'locked' ? 'unlocked' : 'not_announcement');
}

function setEphemeral(request: GroupIqRequest, seconds: number): IqAnswer {
  if (!Number.isInteger(seconds) || seconds < 0) return iqRefusal.badRequest;
  request.group.ephemeralSeconds = seconds;
  return changed(request, ephemeralChange(request.group));
}

function changed({ world, group, account }: GroupIqRequest, change: Stanza): IqAnswer {
  notifyMembers(world, group, account, change);
  return emptyResult;
}
