import type { PollView } from '@wabus/contracts';
import type { Json, MessageFacts } from '../projection/model.types.js';
import { textOf } from '../projection/payload.codec.js';
import { optionsOf, pollIn } from '../projection/poll-votes.policy.js';

/**
 * Returns the tally of a poll, or `null` if the message is not a poll. Options without votes are included, in the order of the poll,
 * followed by unknown options with votes.
 */
export function pollView(data: Json, { votes = {}, revokedAt }: MessageFacts): PollView | null {
  const poll = pollIn(data['message']);
  const voters = Object.entries(votes).filter(([, { options }]) => options.length > 0);
  if (revokedAt !== null || (poll === null && voters.length === 0)) return null;
  const names = [...new Set([...optionsOf(data['message']), ...voters.flatMap(([, { options }]) => options)])];
  const options = names.map(name => {
    const chosenBy = voters.filter(([, vote]) => vote.options.includes(name)).map(([voter]) => voter);
    return { name, votes: chosenBy.length, voters: chosenBy };
  });
  return { name: textOf(poll, 'name'), voters: voters.length, options };
}
