import type { Account } from '../accounts/account.js';
import { noteToken } from '../reach/reach-gate.js';
import { MalformedStanzaError, child, children, element, stanzaBytes, type Stanza } from '../stanza/stanza.js';
import { iqRefusal, type IqAnswer, type IqRequest } from '../world/iq-request.js';
import type { World } from '../world/world.js';
import { mayInGroup, type GroupAction } from './group.policy.js';
import type { GroupRecord } from './group.state.js';

/** A `w:g2` question with the asking account known. */
export interface DirectoryIqRequest extends IqRequest {
  account: Account;
  /** The first child of the iq: what is asked. */
  question: Stanza;
}

/** A `w:g2` question to one existing group. */
export interface GroupIqRequest extends DirectoryIqRequest {
  group: GroupRecord;
}

type Answering<Request> = (request: Request) => IqAnswer | Promise<IqAnswer>;
/** Answers by `type/tag`, such as `set/subject`. */
export type DirectoryIqTable = Readonly<Record<string, Answering<DirectoryIqRequest>>>;
export type GroupIqTable = Readonly<Record<string, Answering<GroupIqRequest>>>;

/** Answers 403 unless the asking account may do `action` in the group. */
export function withPermission(action: GroupAction, answer: Answering<GroupIqRequest>): Answering<GroupIqRequest> {
  return request => (mayInGroup(request.group, request.account, action) ? answer(request) : iqRefusal.forbidden);
}

/**
 * Whether each member who is to enter is named as the service wants it: a LID with the number beside it, where others know the number. It refuses the
 * whole request with 400 otherwise (whatsmeow b8b60141 and 8b4a8ba0, Baileys 2001).
 */
export function entrantsNamed(world: World, parent: Stanza): boolean {
  return children(parent, 'participant').every(({ attrs }) => {
    const entrant = world.accounts.resolve(attrs['jid']);
    return entrant?.addressing !== 'lid' || attrs['phone_number'] === entrant.account.shownNumber;
  });
}

/** Counts whom an account would have in a group with a token of each (whatsmeow 00ce57f2). */
export function noteGroupTokens(world: World, account: Account, parent: Stanza): void {
  for (const participant of children(parent, 'participant')) {
    const privacy = child(participant, 'privacy');
    const about = world.accounts.resolve(participant.attrs['jid'])?.account;
    noteToken(account, 'group', about, element('participant', {}, [element('tctoken', {}, stanzaBytes(privacy) ?? Buffer.alloc(0))]));
  }
}

/** The accounts that an element's `<participant jid>` children name, `undefined` where nobody has that jid. */
export function participantsOf(world: World, parent: Stanza): { jid: string; account: Account | undefined }[] {
  return children(parent, 'participant').map(({ attrs }) => {
    const jid = attrs['jid'];
    if (jid === undefined) throw new MalformedStanzaError('<participant> lacks a jid');
    return { jid, account: world.accounts.resolve(jid)?.account };
  });
}
