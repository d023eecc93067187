import { child, children, element, type Stanza } from '../stanza/stanza.js';
import { iqRefusal } from '../world/iq-request.js';
import { withPermission, type GroupIqTable, type GroupIqRequest } from './group-request.js';
import { notifyMembers } from './group-notifier.js';
import { groupsOf } from './groups.registry.js';

/** Requests to a community about the groups that belong to it. */
export const communityIqs: GroupIqTable = {
  'get/sub_groups': withPermission('see', ({ world, group }) => ({
    result: [
      element(
        'sub_groups',
        {},
        groupsOf(world)
          .linkedTo(group.jid)
          .map(linked =>
            element('group', {
              id: linked.id,
              subject: linked.subject,
              s_t: linked.subjectAt,
              creation: linked.createdAt,
              creator: linked.owner.jid(linked.addressing),
              size: linked.members.size
            })
          )
      )
    ]
  })),
  'set/links': withPermission('configure', request => {
    const link = child(request.question, 'link');
    if (!request.group.isParent || !link) return iqRefusal.badRequest;
    return { result: [element('links', {}, [element('link', link.attrs, relink(request, link, request.group.jid))])] };
  }),
  'set/unlink': withPermission('configure', request => {
    if (!request.group.isParent) return iqRefusal.badRequest;
    return { result: [element('unlink', request.question.attrs, relink(request, request.question, undefined))] };
  })
};

/** Links the listed groups to the community or unlinks them; returns the outcome for each. */
function relink({ world, group: community, account }: GroupIqRequest, parent: Stanza, parentJid: string | undefined): Stanza[] {
  return children(parent, 'group').map(({ attrs }) => {
    const jid = attrs['jid'] ?? '';
    const group = groupsOf(world).find(jid);
    if (!group) return element('group', { jid, error: '404' });
    if (!group.isAdmin(account)) return element('group', { jid, error: '403' });
    group.parentJid = parentJid;
    const tag = parentJid === undefined ? 'unlink' : 'link';
    notifyMembers(
      world,
      group,
      account,
      element(tag, { [`${tag}_type`]: 'parent_group' }, [element('group', { jid: community.jid, subject: community.subject })])
    );
    return element('group', { jid });
  });
}
