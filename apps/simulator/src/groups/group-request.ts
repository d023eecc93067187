import type { Account } from '../accounts/account.js';
import { noteToken } from '../reach/reach-gate.js';
import { MalformedStanzaError, child, children, element, stanzaBytes, type Stanza } from '../stanza/stanza.js';
import { iqRefusal, type IqAnswer, type IqRequest } from '../world/iq-request.js';
import type { World } from '../world/world.js';
import { mayInGroup, type GroupAction } from './group.policy.js';
import type { GroupRecord } from './group.state.js';

/** A `w:g2` request from a known account. */
export interface DirectoryIqRequest extends IqRequest {
  account: Account;
  /** The first child of the iq, which contains the request. */
  question: Stanza;
}

/** A `w:g2` request to one existing group. */
export interface GroupIqRequest extends DirectoryIqRequest {
  group: GroupRecord;
}

type Answering<Request> = (request: Request) => IqAnswer | Promise<IqAnswer>;
/** Handlers by `type/tag`, for example `set/subject`. */
export type DirectoryIqTable = Readonly<Record<string, Answering<DirectoryIqRequest>>>;
export type GroupIqTable = Readonly<Record<string, Answering<GroupIqRequest>>>;

/** Responds with 403 unless the requesting account may do `action` in the group. */
export function withPermission(action: GroupAction, answer: Answering<GroupIqRequest>): Answering<GroupIqRequest> {
  return request => (mayInGroup(request.group, request.account, action) ? answer(request) : iqRefusal.forbidden);
}

/**
 * Returns whether each new member is addressed as the service requires: by LID together with the number, if others know the number. Otherwise the
 * service refuses the whole request with 400 (whatsmeow b8b60141 and 8b4a8ba0, Baileys 2001).
 */
export function entrantsNamed(world: World, parent: Stanza): boolean {
  return children(parent, 'participant').every(({ attrs }) => {
    const entrant = world.accounts.resolve(attrs['jid']);
    return entrant?.addressing !== 'lid' || attrs['phone_number'] === entrant.account.shownNumber;
  });
}

/** Counts the members that an account adds to a group together with their tokens (whatsmeow 00ce57f2). */
export function noteGroupTokens(world: World, account: Account, parent: Stanza): void {
  for (const participant of children(parent, 'participant')) {
    const privacy = child(participant, 'privacy');
    const about = world.accounts.resolve(participant.attrs['jid'])?.account;
    noteToken(account, 'group', about, element('participant', {}, [element('tctoken', {}, stanzaBytes(privacy) ?? Buffer.alloc(0))]));
  }
}

/** Returns the accounts in an element's `<participant jid>` children; `undefined` for a jid that belongs to nobody. */
export function participantsOf(world: World, parent: Stanza): { jid: string; account: Account | undefined }[] {
  return children(parent, 'participant').map(({ attrs }) => {
    const jid = attrs['jid'];
    if (jid === undefined) throw new MalformedStanzaError('<participant> lacks a jid');
    return { jid, account: world.accounts.resolve(jid)?.account };
  });
}
