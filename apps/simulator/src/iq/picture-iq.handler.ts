import type { Account } from '../accounts/account.js';
import { mayInGroup } from '../groups/group.policy.js';
import type { GroupRecord } from '../groups/group.state.js';
import { groupRecordOf } from '../groups/groups.registry.js';
import { mediaFilesOf } from '../media/media-files.js';
import { stanzaBytes, child, element, type Stanza } from '../stanza/stanza.js';
import { noteToken } from '../reach/reach-gate.js';
import { emptyResult, iqRefusal, type IqAnswer, type IqHandler, type IqRequest } from '../world/iq-request.js';

/** Reads, sets and removes profile pictures of accounts and groups; notifies those who can see the picture of a change. */
export const pictureIqHandler: IqHandler = request => {
  const { world, account, stanza, type } = request;
  if (!account) return iqRefusal.notAuthorized;
  const target = stanza.attrs['target'] ?? account.jid();
  const owner = target.endsWith('@g.us') ? groupOf(request, target) : world.accounts.resolve(target)?.account;
  if (!owner) return iqRefusal.notFound;
  if (type === 'get' && !isGroup(owner)) noteToken(account, 'picture', owner, child(stanza, 'picture'));
  if (type === 'get') return read(request, owner);
  if (owner !== account && !(isGroup(owner) && mayInGroup(owner, account, 'edit-info'))) return iqRefusal.forbidden;
  return write(request, account, owner);
};

type PictureOwner = Account | GroupRecord;

function groupOf({ world }: IqRequest, jid: string): GroupRecord | undefined {
  const group = world.groups.find(jid);
  return group && groupRecordOf(group);
}

function isGroup(owner: PictureOwner): owner is GroupRecord {
  return 'members' in owner;
}

function read({ world, stanza }: IqRequest, owner: PictureOwner): IqAnswer {
  if (owner.pictureId === undefined) return iqRefusal.notFound;
  const type = child(stanza, 'picture')?.attrs['type'] ?? 'preview';
  return { result: [element('picture', { id: owner.pictureId, type, url: mediaFilesOf(world).urlOf(owner.pictureId) })] };
}

function write({ world, device, stanza }: IqRequest, author: Account, owner: PictureOwner): IqAnswer {
  const image = stanzaBytes(child(stanza, 'picture'));
  owner.pictureId = image && mediaFilesOf(world).store.put(image);
  for (const account of audience(owner))
    world.deliverToAll(account, pictureNotification(owner, author), account === author ? device : undefined);
  world.events.emit('changed');
  return owner.pictureId === undefined ? emptyResult : { result: [element('picture', { id: owner.pictureId })] };
}

/** Returns all members of a group; for an account, the account itself and the subscribers of its presence. */
function audience(owner: PictureOwner): Iterable<Account> {
  return isGroup(owner) ? owner.members.keys() : new Set([owner, ...owner.presenceSubscribers]);
}

/** Returns the notification that the picture of a contact or group was set or deleted. */
export function pictureNotification(owner: PictureOwner, author: Account): Stanza {
  const from = isGroup(owner) ? owner.jid : owner.shownJid();
  const by = author.jid(isGroup(owner) ? owner.addressing : 'pn');
  const change =
    owner.pictureId === undefined
      ? element('delete', { author: by, jid: from })
      : element('set', { id: owner.pictureId, author: by, jid: from });
  return element('notification', { from, type: 'picture' }, [change]);
}
