import { createHash } from 'node:crypto';
import type { PollView } from '@wabus/contracts';
import { pollView } from '../reading/poll-view.policy.js';
import { fold, keyOf, LID, messageOf, OTHER, PN, storedMessage, upsert, type Step } from './fold.fixture.js';

const POLL = { name: 'Where?', options: [{ optionName: 'Harbour' }, { optionName: 'Market' }] };
const poll = (version = 'V3'): Step => upsert({ [`pollCreationMessage${version}`]: POLL });

const vote = (
  options: string[],
  { voter = OTHER, at = 1, fromMe = false }: { voter?: string; at?: number; fromMe?: boolean } = {}
): Step => ['message.poll-vote', { key: keyOf(), voteKey: { remoteJid: PN, fromMe, id: `V${at}` }, voter, options, at }];

function tally(steps: readonly Step[]): PollView | null {
  const { data, message } = storedMessage(fold(steps))!;
  return pollView(data, message!);
}
const counts = (steps: readonly Step[]) => tally(steps)?.options.map(({ name, votes }) => [name, votes]);

it.each(['', 'V2', 'V3', 'V5'])('a poll of version %s without votes has its options', version => {
  expect(tally([poll(version)])).toEqual({
    name: 'Where?',
    voters: 0,
    options: [
      { name: 'Harbour', votes: 0, voters: [] },
      { name: 'Market', votes: 0, voters: [] }
    ]
  });
});

it('a poll inside the wrapper of version 4 is recognized', () => {
  expect(tally([upsert({ pollCreationMessageV4: { message: { pollCreationMessage: POLL } } })])?.name).toBe('Where?');
});

it('each voter counts once, with the newest vote', () => {
  const steps = [poll(), vote(['Harbour']), vote(['Market'], { voter: LID }), vote(['Market'], { at: 3 }), vote(['Harbour'], { at: 2 })];
  expect(counts(steps)).toEqual([
    ['Harbour', 0],
    ['Market', 2]
  ]);
});

it('a person with two jids is one voter', () => {
  const steps = [
    ['lid-mapping.update', { lid: LID, pn: PN }] as Step,
    poll(),
    vote(['Harbour'], { voter: LID }),
    vote(['Market'], { voter: PN, at: 2 })
  ];
  expect(tally(steps)).toMatchObject({ voters: 1, options: [{ votes: 0 }, { votes: 1 }] });
});

it('a vote of this account is by me', () => {
  expect(tally([poll(), vote(['Market'], { fromMe: true })])?.options[1]).toEqual({ name: 'Market', votes: 1, voters: ['me'] });
});

it('a withdrawn vote does not count', () => {
  expect(tally([poll(), vote(['Market']), vote([], { at: 2 })])).toMatchObject({ voters: 0, options: [{ votes: 0 }, { votes: 0 }] });
});

it('an option that was added later comes last', () => {
  expect(counts([poll(), vote(['Beach'])])).toEqual([
    ['Harbour', 0],
    ['Market', 0],
    ['Beach', 1]
  ]);
});

it('a poll of the history includes its votes', () => {
  const data = createHash('sha256').update('Market').digest('base64');
  const pollUpdates = [
    {
      pollUpdateMessageKey: { remoteJid: OTHER, fromMe: false, id: 'V' },
      vote: { selectedOptions: [{ type: 'Buffer', data }] },
      senderTimestampMs: 5
    }
  ];
  const history: Step = ['messaging-history.set', { messages: [messageOf({ pollCreationMessageV3: POLL }, {}, { pollUpdates })] }];
  expect(tally([history])?.options[1]).toEqual({ name: 'Market', votes: 1, voters: [OTHER] });
});

it('a message that is not a poll has no tally', () => {
  expect(tally([upsert('one')])).toBeNull();
});
