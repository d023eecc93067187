import { child } from '../stanza/stanza.js';
import { iqRefusal, type IqHandler } from '../world/iq-request.js';
import { communityIqs } from './community-iq.table.js';
import { directoryIqs } from './directory-iq.table.js';
import type { GroupIqTable } from './group-request.js';
import { groupsOf } from './groups.registry.js';
import { inviteIqs } from './invite-iq.table.js';
import { joinRequestIqs } from './join-request-iq.table.js';
import { memberIqs } from './member-iq.table.js';
import { settingIqs } from './setting-iq.table.js';

const groupIqs: GroupIqTable = { ...settingIqs, ...memberIqs, ...inviteIqs, ...joinRequestIqs, ...communityIqs };

/** Answers every iq of `w:g2`: requests to `@g.us` concern all groups, requests to a group's jid that group. */
export const groupIqHandler: IqHandler = request => {
  const { account } = request;
  const question = child(request.stanza);
  if (!account) return iqRefusal.notAuthorized;
  if (!question) return iqRefusal.badRequest;
  const name = `${request.type}/${request.tag}`;
  if (request.to.endsWith('@g.us') && request.to !== '@g.us') {
    const group = groupsOf(request.world).find(request.to);
    if (!group) return iqRefusal.notFound;
    return groupIqs[name]?.({ ...request, account, question, group }) ?? iqRefusal.badRequest;
  }
  return directoryIqs[name]?.({ ...request, account, question }) ?? iqRefusal.badRequest;
};
