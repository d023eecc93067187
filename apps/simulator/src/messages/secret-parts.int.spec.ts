import '../quiet-console.fixture.js';
import type { ReceivedMessage, SecretPart } from '@wabus/testing';
import { pairedClient, post, type ConnectedClient } from '../baileys-client.fixture.js';
import { Simulator } from '../simulator.js';

const ALICE = '15550000001';
const BOB = '15550000002';
const CAROL = '15550000003';
const OPTIONS = [{ optionName: 'tea' }, { optionName: 'coffee' }];

let simulator: Simulator;
let alice: ConnectedClient;
let groupJid: string;

beforeAll(async () => {
  simulator = await Simulator.start({});
  for (const phoneNumber of [ALICE, BOB, CAROL]) await post(simulator, 'createAccount', { phoneNumber });
  alice = await pairedClient(simulator, ALICE);
  ({ groupJid } = await post<{ groupJid: string }>(simulator, 'createGroup', { subject: 'Duo', owner: BOB, members: [ALICE, CAROL] }));
});
afterAll(() => simulator.stop());

const say = async (message: object): Promise<string> =>
  (await post<{ id: string }>(simulator, 'sendGroupMessage', { from: BOB, groupJid, message })).id;

/** Sends a part from Carol about a message of Bob; resolves with the message that Bob's phone received. */
async function about(target: string, part: SecretPart, more: object = {}): Promise<ReceivedMessage> {
  const { id } = await post<{ id: string }>(simulator, 'sendPart', { from: CAROL, groupJid, target, part, ...more });
  const received = await post<ReceivedMessage[]>(simulator, 'received', { phoneNumber: BOB, from: CAROL, atLeast: 1, waitMs: 5_000 });
  return received.find(each => each.id === id)!;
}

test('messages from phones have a secret', async () => {
  await say({ conversation: 'with a secret' });
  const { message } = await alice.trace.message('with a secret');
  expect(message.message?.messageContextInfo?.messageSecret).toHaveLength(32);
});

test.each(['pollCreationMessage', 'pollCreationMessageV2', 'pollCreationMessageV3', 'pollCreationMessageV5', 'pollCreationMessageV6'])(
  'a phone reads votes in a %s',
  async version => {
    const poll = await say({ [version]: { name: version, options: OPTIONS, selectableOptionsCount: 1 } });
    const vote = await about(poll, { kind: 'poll-vote', options: ['coffee'] });
    expect(vote.opened).toEqual({ kind: 'poll-vote', target: poll, options: ['coffee'] });
    expect(JSON.stringify(vote.message)).not.toContain('coffee');
  }
);

test('a phone reads votes by number or by LID, not of both', async () => {
  const poll = await say({ pollCreationMessageV3: { name: 'forms', options: OPTIONS } });
  const part: SecretPart = { kind: 'poll-vote', options: ['tea'] };
  const read = async (author: 'pn' | 'lid', sender: 'pn' | 'lid') =>
    (await about(poll, part, { forms: { author, sender } })).opened?.options;
  expect([await read('pn', 'pn'), await read('lid', 'lid'), await read('lid', 'pn'), await read('pn', 'lid')]).toEqual([
    ['tea'],
    ['tea'],
    undefined,
    undefined
  ]);
});

test('an edit is read with its new text', async () => {
  const { id: target } = await post<{ id: string }>(simulator, 'sendGroupMessage', {
    from: CAROL,
    groupJid,
    message: { conversation: 'one' }
  });
  const edit = await about(target, { kind: 'edit', message: { conversation: 'two' } });
  expect(edit).toMatchObject({
    text: 'two',
    opened: { kind: 'edit', target },
    message: { secretEncryptedMessage: { targetMessageKey: { fromMe: true } } }
  });
});

test.each<[SecretPart, object]>([
  [
    { kind: 'event-response', response: 'GOING', extraGuestCount: 2 },
    { response: 1, extraGuestCount: 2 }
  ],
  [{ kind: 'reaction', text: '👍' }, { text: '👍' }],
  [{ kind: 'comment', message: { conversation: 'well' } }, { conversation: 'well' }]
])('a phone reads %j', async (part, content) => {
  const target = await say({ eventMessage: { name: 'Picnic', startTime: 1 } });
  expect((await about(target, part)).opened).toMatchObject({ kind: part.kind, target, content });
});

test('a part with another secret is not read', async () => {
  const target = await say({ conversation: 'lost' });
  const reaction = await about(target, { kind: 'reaction', text: '👍' }, { lostSecret: true });
  expect(reaction.opened).toBeUndefined();
});
