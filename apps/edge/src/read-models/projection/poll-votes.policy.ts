import { createHash } from 'node:crypto';
import { unwrappedContent } from '@wabus/contracts';
import { isFromMe } from './authority.policy.js';
import type { Draft } from './draft.state.js';
import { changeMessage } from './message-facts.policy.js';
import type { Json, MessageFacts } from './model.types.js';
import { field, isObject, numberOf, objectsIn, textOf } from './payload.codec.js';

type Votes = NonNullable<MessageFacts['votes']>;

/** The fields that contain polls, by version. The fourth is a wrapper. */
const POLLS = ['pollCreationMessage', 'pollCreationMessageV2', 'pollCreationMessageV3', 'pollCreationMessageV5', 'pollCreationMessageV6'];

/** `message.poll-vote`: one vote per voter; the newest counts. */
export function projectPollVote(draft: Draft, payload: unknown): void {
  const jid = textOf(payload, 'voter');
  const voter = isFromMe(field(payload, 'voteKey')) ? 'me' : jid && draft.canonical(jid);
  if (voter === null) return;
  const options = textsOf(field(payload, 'options'));
  const at = numberOf(payload, 'at');
  changeMessage(draft, field(payload, 'key'), (_record, facts) => {
    const before = facts.votes?.[voter];
    if (before?.at != null && at !== null && at < before.at) return {};
    return { message: { ...facts, votes: { ...facts.votes, [voter]: { options, at } } } };
  });
}

/** Returns the votes that a poll of the history contains, with options identified by their hashes. */
export function votesBroughtAlong(message: Json, senderOf: (key: unknown) => string | null): Votes {
  const names = new Map(optionsOf(message['message']).map(name => [createHash('sha256').update(name).digest('base64'), name]));
  const votes = objectsIn(message['pollUpdates']).flatMap(one => {
    const voter = senderOf(one['pollUpdateMessageKey']);
    const chosen = objectsIn(field(one['vote'], 'selectedOptions')).map(hash => textOf(hash, 'data') ?? '');
    const vote = { options: chosen.flatMap(hash => names.get(hash) ?? []), at: numberOf(one, 'senderTimestampMs') };
    return voter === null ? [] : [[voter, vote] as const];
  });
  return Object.fromEntries(votes.sort(([, a], [, b]) => (a.at ?? 0) - (b.at ?? 0)));
}

/** Returns the poll in the content of a message (the field `message` of Baileys' message), or `null` if there is none. */
export function pollIn(content: unknown): unknown {
  const inner = unwrappedContent(content);
  const own = field(field(inner, 'pollCreationMessageV4'), 'message') ?? inner;
  return POLLS.map(name => field(own, name)).find(isObject) ?? null;
}

/** Returns the names of a poll's options. */
export function optionsOf(content: unknown): string[] {
  return objectsIn(field(pollIn(content), 'options')).map(option => textOf(option, 'optionName') ?? '');
}

const textsOf = (value: unknown): string[] => (Array.isArray(value) ? value.filter(one => typeof one === 'string') : []);
