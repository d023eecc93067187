import type { PollVote } from '@wabus/contracts';
import { awaitCondition, type Addressing, type ReceivedMessage, type SecretPart, type SimulatedAccount } from '@wabus/testing';
import { ConnectorFixture, type ConnectorSession } from './connector.fixture.js';
import { sealPart } from './whatsapp/secrets/message-secret.codec.js';

/** Content that is encrypted with the secret of another message. */
type Linked = ConnectorSession & { account: SimulatedAccount };
interface Update {
  readonly key: { remoteJid: string; fromMe: boolean; id: string; participant?: string };
  readonly update: Record<string, unknown>;
}

const OPTIONS = [{ optionName: 'tea' }, { optionName: 'coffee' }];
const FORMS: Addressing[] = ['lid', 'pn'];
const COMBINATIONS = FORMS.flatMap(author => FORMS.map(sender => ({ author, sender })));

let fixture: ConnectorFixture;
let session: Linked;
let bob: SimulatedAccount;
let carol: SimulatedAccount;
let groupJid: string;

beforeAll(async () => {
  fixture = await ConnectorFixture.start();
  session = await fixture.linkSession();
  bob = await control().createAccount({ name: 'Bob' });
  carol = await control().createAccount({ name: 'Carol' });
  const members = [session.account.phoneNumber, carol.phoneNumber];
  ({ groupJid } = await control().createGroup({ subject: 'Trio', owner: bob.phoneNumber, members }));
}, 120_000);
afterAll(() => fixture.stop());

const control = () => fixture.simulator.control;
const own = () => session.account;

/** Sends a message from Bob to the group, or only to the account; resolves with its id when it is in the log. */
async function says(message: object, direct = false, plainEdit = false): Promise<string> {
  const from = bob.phoneNumber;
  const { id } = direct
    ? await control().sendMessage({ from, to: own().phoneNumber, message, plainEdit })
    : await control().sendGroupMessage({ from, groupJid, message, plainEdit });
  await session.awaitEvent('messages.upsert', body => body.includes(id));
  return id;
}

/** Sends a message from the account through its connector. */
async function sends(content: object, jid = groupJid): Promise<string> {
  const { key } = (await session.command('sendMessage', { jid, content })) as { key: { id: string } };
  await control().received({ phoneNumber: bob.phoneNumber, from: own().phoneNumber, atLeast: 1, waitMs: 5_000 });
  return key.id;
}

/** Sends a message without text. */
async function sendsUnread(content: object, jid: string): Promise<string> {
  return ((await session.command('sendMessage', { jid, content })) as { key: { id: string } }).key.id;
}

interface Saying {
  readonly from?: SimulatedAccount;
  readonly direct?: boolean;
  readonly forms?: { author: Addressing; sender: Addressing };
  readonly lostSecret?: boolean;
}

/** Sends a part that refers to a message; resolves with the id of the part. */
async function about(target: string, part: SecretPart, { from = bob, direct = false, ...more }: Saying = {}): Promise<string> {
  const where = direct ? { to: own().phoneNumber } : { groupJid };
  return (await control().sendPart({ from: from.phoneNumber, target, part, ...where, ...more })).id;
}

async function voteOf(id: string): Promise<PollVote> {
  const { body } = await session.awaitEvent('message.poll-vote', text => text.includes(id));
  return JSON.parse(body) as PollVote;
}

async function updateOf(id: string, needle = ''): Promise<Update> {
  const { body } = await session.awaitEvent('messages.update', text => text.includes(id) && text.includes(needle));
  return (JSON.parse(body) as Update[]).find(({ key }) => key.id === id)!;
}

/** Waits until the log has everything that came before. */
async function settle(): Promise<void> {
  await says({ conversation: 'that was all' });
}

describe('an edit', () => {
  test.each([true, false])('results in the same update as a plain one, direct: %s', async direct => {
    const [one, two] = [await says({ conversation: 'one' }, direct), await says({ conversation: 'one' }, direct)];
    const plain = { key: { fromMe: true, id: one }, type: 14, editedMessage: { conversation: 'new plain' }, timestampMs: 1_000 };
    await says({ protocolMessage: plain }, direct, true);
    await about(two, { kind: 'edit', message: { conversation: 'new sealed' } }, { direct });
    const [first, second] = [await updateOf(one, 'new plain'), await updateOf(two, 'new sealed')];
    expect({ ...second.key, id: one }).toEqual(first.key);
    expect(second.update['message']).toEqual({ editedMessage: { message: { conversation: 'new sealed' } } });
    expect(Object.keys(second.update)).toEqual(Object.keys(first.update));
  });

  test('adds no message and no unread count', async () => {
    const target = await says({ conversation: 'read it' }, true);
    const id = await about(target, { kind: 'edit', message: { conversation: 'read it again' } }, { direct: true });
    const { body } = await session.awaitEvent('messages.upsert', text => text.includes(id));
    expect(body).toContain('"protocolMessage"');
    expect(body).not.toContain('secretEncryptedMessage');
    await settle();
    expect(session.events('chats.update').filter(event => event.body.includes(id))).toEqual([]);
  });

  test.each(FORMS)('is read if it is encrypted by %s', async form => {
    const target = await says({ conversation: `by ${form}` });
    await about(target, { kind: 'edit', message: { conversation: `edited by ${form}` } }, { forms: { author: form, sender: form } });
    expect((await updateOf(target, `edited by ${form}`)).key).toMatchObject({ remoteJid: groupJid, fromMe: false });
  });

  test('of a message of the account at its phone is read', async () => {
    const from = own();
    const { id } = await control().sendGroupMessage({ from: from.phoneNumber, groupJid, message: { conversation: 'mine' } });
    await session.awaitEvent('messages.upsert', text => text.includes(id));
    await about(id, { kind: 'edit', message: { conversation: 'mine, edited' } }, { from });
    expect((await updateOf(id, 'mine, edited')).key).toMatchObject({ remoteJid: groupJid, fromMe: true });
  });

  test("is not opened if it is not from the message's author", async () => {
    const target = await says({ conversation: 'of Bob' });
    const id = await about(target, { kind: 'edit', message: { conversation: 'of Carol' } }, { from: carol });
    const { body } = await session.awaitEvent('message.unopened', text => text.includes(id));
    expect(JSON.parse(body)).toMatchObject({ kind: 'edit', reason: 'undecryptable' });
    expect(session.events('messages.update').filter(event => event.body.includes('of Carol'))).toEqual([]);
  });
});

describe('a vote', () => {
  test.each(['', 'V2', 'V3', 'V4', 'V5', 'V6'])('in a poll of version %s contains the option names', async version => {
    const name = `poll ${version}`;
    const asked = { name, options: OPTIONS, selectableOptionsCount: 1 };
    // The fourth version is a wrapper.
    const message = version === 'V4' ? { message: { pollCreationMessageV3: asked } } : asked;
    const poll = await says({ [`pollCreationMessage${version}`]: message });
    const vote = await voteOf(await about(poll, { kind: 'poll-vote', options: ['coffee'] }, { from: carol }));
    expect(vote).toMatchObject({
      key: { remoteJid: groupJid, fromMe: false, id: poll, participant: bob.lidJid },
      voteKey: { remoteJid: groupJid, fromMe: false, participant: carol.lidJid },
      voter: carol.lidJid,
      name,
      options: ['coffee']
    });
  });

  test.each(COMBINATIONS)('in an own poll is read with $author and $sender', async forms => {
    const poll = await sends({ poll: { name: 'own', values: ['tea', 'coffee'] } });
    const vote = await voteOf(await about(poll, { kind: 'poll-vote', options: ['tea', 'coffee'] }, { forms }));
    expect(vote).toMatchObject({ key: { remoteJid: groupJid, fromMe: true, id: poll }, options: ['tea', 'coffee'] });
    expect(vote.key.participant).toBeUndefined();
  });

  test.each(COMBINATIONS)('in a direct chat is read with $author and $sender', async forms => {
    const poll = await sends({ poll: { name: 'direct', values: ['tea', 'coffee'] } }, bob.pnJid);
    const vote = await voteOf(await about(poll, { kind: 'poll-vote', options: ['tea'] }, { forms, direct: true }));
    expect(vote).toMatchObject({ key: { remoteJid: vote.voteKey.remoteJid, fromMe: true, id: poll }, options: ['tea'] });
  });

  test('of the account at its phone counts as its own', async () => {
    const poll = await says({ pollCreationMessageV3: { name: 'ours', options: OPTIONS } });
    const vote = await voteOf(await about(poll, { kind: 'poll-vote', options: ['tea'] }, { from: own() }));
    expect(vote).toMatchObject({ key: { fromMe: false, participant: bob.lidJid }, voteKey: { fromMe: true }, options: ['tea'] });
    expect([own().pnJid, own().lidJid]).toContain(vote.voter);
  });

  test('that is withdrawn has no options', async () => {
    const poll = await says({ pollCreationMessageV3: { name: 'back', options: OPTIONS } });
    expect((await voteOf(await about(poll, { kind: 'poll-vote', options: [] }))).options).toEqual([]);
  });

  test('for an option without a known name has its hash', async () => {
    const poll = await says({ pollCreationMessageV3: { name: 'added', options: OPTIONS } });
    const vote = await voteOf(await about(poll, { kind: 'poll-vote', options: ['milk'] }));
    expect(vote).toMatchObject({ options: [], unknownOptions: [expect.stringMatching(/^[0-9a-f]{64}$/)] });
  });
});

describe('a response to an event', () => {
  const event = { name: 'Picnic', startDate: '2027-01-01T10:00:00Z' };

  test.each(COMBINATIONS)('of the session is read with $author and $sender', async forms => {
    const id = await sends({ event });
    await about(id, { kind: 'event-response', response: 'GOING', extraGuestCount: 2 }, { forms });
    const { key, update } = await updateOf(id, 'eventResponses');
    expect(key).toEqual({ remoteJid: groupJid, fromMe: true, id });
    expect(update['eventResponses']).toMatchObject([{ response: { response: 1, extraGuestCount: 2 } }]);
  });

  test('is emitted once, also in a direct chat, and is not unread', async () => {
    const id = await sends({ event }, bob.pnJid);
    const answer = await about(id, { kind: 'event-response', response: 'MAYBE' }, { direct: true });
    expect((await updateOf(id, 'eventResponses')).key).toMatchObject({ fromMe: true });
    await settle();
    expect(session.events('messages.update').filter(({ body }) => body.includes('eventResponses') && body.includes(id))).toHaveLength(1);
    expect(session.events('chats.update').filter(({ body }) => body.includes(answer))).toEqual([]);
  });
});

test('a reaction gives the same event as a plain one', async () => {
  const id = await sends({ text: 'announcement' });
  await about(id, { kind: 'reaction', text: '👍' });
  const { body } = await session.awaitEvent('messages.reaction', text => text.includes(id));
  expect(JSON.parse(body)).toMatchObject([{ key: { remoteJid: groupJid, fromMe: true, id }, reaction: { text: '👍' } }]);
});

test('a comment is readable', async () => {
  const target = await says({ conversation: 'announcement' });
  const id = await about(target, { kind: 'comment', message: { conversation: 'I comment' } }, { from: carol });
  const { body } = await session.awaitEvent('messages.upsert', text => text.includes(id));
  expect(JSON.parse(body)).toMatchObject({ messages: [{ message: { commentMessage: { message: { conversation: 'I comment' } } } }] });
});

describe('content that cannot be decrypted is reported', () => {
  const PARTS: SecretPart[] = [
    { kind: 'poll-vote', options: ['tea'] },
    { kind: 'event-response', response: 'GOING' },
    { kind: 'reaction', text: '👍' },
    { kind: 'comment', message: { conversation: 'x' } },
    { kind: 'edit', message: { conversation: 'x' } }
  ];

  test.each(PARTS)('$kind of a message that was never seen', async part => {
    const { id: target } = await control().sendMessage({
      from: bob.phoneNumber,
      to: carol.phoneNumber,
      message: { conversation: 'private' }
    });
    const id = await about(target, part);
    const { body } = await session.awaitEvent('message.unopened', text => text.includes(id));
    expect(JSON.parse(body)).toMatchObject({
      key: { id },
      about: { remoteJid: groupJid, id: target },
      kind: part.kind,
      reason: 'secret-unknown'
    });
  });

  test.each(PARTS)('$kind encrypted with another secret', async part => {
    const target = await says({ conversation: 'known' });
    const id = await about(target, part, { lostSecret: true });
    const { body } = await session.awaitEvent('message.unopened', text => text.includes(id));
    expect(JSON.parse(body)).toMatchObject({ kind: part.kind, reason: 'undecryptable' });
  });
});

test('decryptable content that is not a message stays closed', async () => {
  const secret = Buffer.alloc(32, 7);
  const target = await says({ conversation: 'hi', messageContextInfo: { messageSecret: secret.toString('base64') } }, true);
  const context = { use: 'Message Edit', secret, id: target, author: bob.pnJid, sender: bob.pnJid } as const;
  const { encPayload, encIv } = sealPart(Buffer.from([255, 255]), context);
  const [payload, iv] = [encPayload, encIv].map(bytes => Buffer.from(bytes).toString('base64'));
  const edit = { secretEncType: 2, targetMessageKey: { fromMe: true, id: target }, encPayload: payload, encIv: iv };
  const id = await says({ secretEncryptedMessage: edit }, true, true);
  const { body } = await session.awaitEvent('message.unopened', text => text.includes(id));
  expect(JSON.parse(body)).toMatchObject({ kind: 'edit', reason: 'undecryptable' });
});

describe('content of the session is readable for phones', () => {
  /** Sends content and resolves with the message as Bob's phone has it. */
  async function sent(content: object, jid = groupJid): Promise<ReceivedMessage> {
    const { key } = (await session.command('sendMessage', { jid, content })) as { key: { id: string } };
    const find = async () =>
      (await control().received({ phoneNumber: bob.phoneNumber, from: own().phoneNumber })).find(({ id }) => id === key.id);
    return (await awaitCondition(find, message => message !== undefined, { what: 'the message on the phone' }))!;
  }
  const keyOf = async (id: string): Promise<object> => {
    const { body } = await session.awaitEvent('messages.upsert', text => text.includes(`"id":"${id}"`));
    return (JSON.parse(body) as { messages: { key: object }[] }).messages[0]!.key;
  };

  test.each([true, false])('an edit, direct: %s', async direct => {
    const jid = direct ? bob.pnJid : groupJid;
    const target = await sends({ text: 'draft' }, jid);
    const edit = await sent({ text: 'final', edit: await keyOf(target) }, jid);
    expect(edit).toMatchObject({
      text: 'final',
      opened: { kind: 'edit', target },
      message: { secretEncryptedMessage: { secretEncType: 2 } }
    });
    expect((await updateOf(target, 'final')).key).toMatchObject({ fromMe: true });
    const { body } = await session.awaitEvent('messages.upsert', text => text.includes(edit.id));
    expect(body).not.toContain('secretEncryptedMessage');
  });

  test.each([true, false])('a vote in a poll of a contact, direct: %s', async direct => {
    const target = await says({ pollCreationMessageV3: { name: 'voting', options: OPTIONS } }, direct);
    const key = await keyOf(target);
    const vote = await sent({ pollVote: { key, options: ['coffee'] } }, direct ? bob.pnJid : groupJid);
    expect(vote).toMatchObject({ opened: { kind: 'poll-vote', target, options: ['coffee'] } });
    expect(vote.message).not.toHaveProperty('pollUpdateMessage.metadata');
    expect(await voteOf(vote.id)).toMatchObject({ key: { id: target, fromMe: false }, voteKey: { fromMe: true }, options: ['coffee'] });
  });

  test('a vote in an own poll', async () => {
    const target = await sends({ poll: { name: 'own', values: ['tea', 'coffee'], selectableCount: 1 } });
    const vote = await sent({ pollVote: { key: await keyOf(target), options: ['tea'] } });
    expect(vote.opened).toEqual({ kind: 'poll-vote', target, options: ['tea'] });
  });

  test.each([true, false])('a response to an event, direct: %s', async direct => {
    const target = await says({ eventMessage: { name: 'Picnic', startTime: 1 } }, direct);
    const content = { eventResponse: { key: await keyOf(target), response: 'not-going', extraGuests: 1 } };
    const answer = await sent(content, direct ? bob.pnJid : groupJid);
    expect(answer.opened).toMatchObject({ kind: 'event-response', target, content: { response: 2, extraGuestCount: 1 } });
    expect((await updateOf(target, 'eventResponses')).key).toMatchObject({ fromMe: false });
  });

  test('a poll declares that its options are texts', async () => {
    const target = await sends({ poll: { name: 'form', values: ['tea', 'coffee'] } });
    const received = await control().received({ phoneNumber: bob.phoneNumber, from: own().phoneNumber });
    expect(received.find(({ id }) => id === target)?.message).toMatchObject({ pollCreationMessage: { pollContentType: 1 } });
  });

  test.each([
    ['content.pollVote.key', (key: object) => ({ pollVote: { key: { ...key, id: 'UNKNOWN' }, options: ['tea'] } })],
    ['content.pollVote.options', (key: object) => ({ pollVote: { key, options: ['milk'] } })],
    ['content.eventResponse.key', (key: object) => ({ eventResponse: { key, response: 'going' } })]
  ])('the refusal names the invalid field: %s', async (field, content) => {
    const poll = await says({ pollCreationMessageV3: { name: 'refusal', options: OPTIONS } });
    const refusal = session.command('sendMessage', { jid: groupJid, content: content(await keyOf(poll)) });
    await expect(refusal).rejects.toMatchObject({
      code: 'INVALID_ARGUMENTS',
      details: { fields: { [field]: expect.anything() as unknown } }
    });
  });
});

test('secrets survive a crash of the connector', async () => {
  const { epoch } = (await session.status())!;
  const texts = await Promise.all(Array.from({ length: 20 }, (_, i) => says({ conversation: `before ${i}` })));
  const poll = await says({ pollCreationMessageV3: { name: 'crash', options: OPTIONS } });
  await fixture.connector.kill();
  await fixture.startConnector();
  await session.awaitStatus(({ state, epoch: newer }) => state === 'open' && newer > epoch);
  for (const [i, id] of texts.entries()) await about(id, { kind: 'edit', message: { conversation: `after ${i}` } });
  for (const [i, id] of texts.entries()) expect((await updateOf(id, `after ${i}"`)).key.id).toBe(id);
  expect((await voteOf(await about(poll, { kind: 'poll-vote', options: ['tea'] }))).options).toEqual(['tea']);
});

describe('in the announcement group of a community', () => {
  let announcements: string;
  beforeAll(async () => {
    const members = [own().phoneNumber];
    const wanted = { subject: 'News', owner: bob.phoneNumber, members, announcements: true };
    ({ groupJid: announcements } = await control().createGroup(wanted));
  });

  const announced = async (text: string): Promise<object> => {
    const { id } = await control().sendGroupMessage({ from: bob.phoneNumber, groupJid: announcements, message: { conversation: text } });
    const { body } = await session.awaitEvent('messages.upsert', line => line.includes(id));
    return (JSON.parse(body) as { messages: { key: object }[] }).messages[0]!.key;
  };
  const readByBob = async (id: string): Promise<ReceivedMessage> => {
    const arrived = () => control().received({ phoneNumber: bob.phoneNumber, from: own().phoneNumber });
    return (await awaitCondition(arrived, all => all.some(each => each.id === id))).find(each => each.id === id)!;
  };

  test('reactions and comments of the session are readable', async () => {
    const target = await announced('We move on Monday.');
    const reaction = await sendsUnread({ react: { text: '🎉', key: target } }, announcements);
    const { opened, message } = await readByBob(reaction);
    expect(opened).toMatchObject({ kind: 'reaction', target: (target as { id: string }).id, content: { text: '🎉' } });
    expect(message).not.toHaveProperty('reactionMessage');
    const own = await session.awaitEvent('messages.reaction', body => body.includes('🎉'));
    expect(JSON.parse(own.body)).toMatchObject([{ key: { id: (target as { id: string }).id }, reaction: { text: '🎉' } }]);

    const comment = await sendsUnread({ comment: { text: 'At last', key: target } }, announcements);
    const content = { extendedTextMessage: { text: 'At last' } };
    expect((await readByBob(comment)).opened).toMatchObject({ kind: 'comment', content });
    const { body } = await session.awaitEvent('messages.upsert', line => line.includes(comment));
    const targetMessageKey = { id: (target as { id: string }).id, remoteJid: announcements, fromMe: false, participant: bob.lidJid };
    expect(JSON.parse(body)).toMatchObject({ messages: [{ message: { commentMessage: { message: content, targetMessageKey } } }] });
  });

  test("another member's reaction is emitted like a plain one", async () => {
    const { key } = (await session.command('sendMessage', { jid: announcements, content: { text: 'Welcome' } })) as { key: { id: string } };
    await readByBob(key.id);
    await control().sendPart({ from: bob.phoneNumber, groupJid: announcements, target: key.id, part: { kind: 'reaction', text: '👏' } });
    const { body } = await session.awaitEvent('messages.reaction', text => text.includes('👏'));
    expect(JSON.parse(body)).toMatchObject([{ key: { fromMe: true, id: key.id }, reaction: { text: '👏' } }]);
  });

  test.each([
    [
      'comments in other groups',
      () => groupJid,
      { comment: { text: 'x', key: { id: 'A', fromMe: false, participant: '1@lid' } } },
      'content.comment'
    ],
    [
      'comments on unknown messages',
      () => announcements,
      { comment: { text: 'x', key: { id: 'A', participant: '1@lid' } } },
      'content.comment.key'
    ],
    [
      'reactions to unknown messages',
      () => announcements,
      { react: { text: '🎉', key: { id: 'A', participant: '1@lid' } } },
      'content.react.key'
    ]
  ])('%s are refused', async (_, jid, content, field) => {
    await expect(session.command('sendMessage', { jid: jid(), content })).rejects.toMatchObject({
      code: 'INVALID_ARGUMENTS',
      details: { fields: { [field]: expect.anything() as unknown } }
    });
  });
});

describe('an answer of an assistant', () => {
  const PARTS = ['It', 'It will be', 'It will be sunny.'];
  interface Line {
    readonly messages: { key: { id: string; remoteJid: string; participant?: string }; message: Record<string, unknown> }[];
  }

  /** Returns the texts in its events in order: first the message, then its updates. */
  const said = (ids: readonly string[]): string[] =>
    session
      .events('messages.upsert')
      .filter(({ body }) => body.includes(ids[0]!))
      .flatMap(({ body }) => (JSON.parse(body) as Line).messages)
      .filter(({ key }) => key.id === ids[0])
      .map(({ message }) => textIn(message))
      .concat(
        session
          .events('messages.update')
          .flatMap(({ body }) => JSON.parse(body) as Update[])
          .filter(({ key }) => key.id === ids[0])
          .map(({ update }) => textIn((update as { message: { editedMessage: { message: object } } }).message.editedMessage.message))
      );

  const textIn = (message: object): string =>
    (message as { richResponseMessage: { submessages: { messageText: string }[] } }).richResponseMessage.submessages[0]!.messageText;

  const asksAtPhone = async (text: string): Promise<string> => {
    const { id } = await control().askAssistant({ from: own().phoneNumber, text });
    const { body } = await session.awaitEvent('messages.upsert', line => line.includes(id));
    expect((JSON.parse(body) as Line).messages[0]?.key.remoteJid).toBe('867051314767696@bot');
    return id;
  };

  test('in the private chat is a message, then its edits', async () => {
    const target = await asksAtPhone('How will it be tomorrow?');
    const { ids } = await control().answerAsAssistant({ to: own().phoneNumber, target, parts: PARTS });
    const { key } = await updateOf(ids[0]!, PARTS[2]);
    expect(key).toEqual({ remoteJid: '867051314767696@bot', fromMe: false, id: ids[0] });
    await settle();
    expect(said(ids)).toEqual(PARTS);
    expect(session.events('message.unopened').filter(({ body }) => ids.some(id => body.includes(id)))).toEqual([]);
  });

  test.each(['the account', 'somebody else'])('to %s in a group is read', async who => {
    const prompt = { botInvokeMessage: { message: { conversation: 'And here?' } } };
    const from = who === 'the account' ? own().phoneNumber : bob.phoneNumber;
    const { id: target } = await control().sendGroupMessage({ from, groupJid, message: prompt });
    await session.awaitEvent('messages.upsert', line => line.includes(target));
    const { ids } = await control().answerAsAssistant({ groupJid, target, parts: PARTS });
    const { key } = await updateOf(ids[0]!, PARTS[2]);
    expect(key).toMatchObject({ remoteJid: groupJid, participant: '867051314767696@bot', fromMe: false });
    await settle();
    expect(said(ids)).toEqual(PARTS);
  });

  test('that is delivered twice is emitted once', async () => {
    const target = await asksAtPhone('Twice?');
    const { ids } = await control().answerAsAssistant({ to: own().phoneNumber, target, parts: PARTS, copies: 2 });
    await updateOf(ids[0]!, PARTS[2]);
    await settle();
    expect(said(ids)).toEqual(PARTS);
  });

  test('with another secret is an event with the reason', async () => {
    const target = await asksAtPhone('Lost?');
    const { ids } = await control().answerAsAssistant({ to: own().phoneNumber, target, parts: ['Lost.'], lostSecret: true });
    const { body } = await session.awaitEvent('message.unopened', text => text.includes(ids[0]!));
    const about = { remoteJid: '867051314767696@bot', id: target, fromMe: true };
    expect(JSON.parse(body)).toMatchObject({ kind: 'bot-answer', reason: 'undecryptable', about });
    const line = await session.awaitEvent('messages.upsert', text => text.includes(ids[0]!));
    expect(line.body).toContain('"withheld":{"reason":"bot","final":true}');
  });
});
