import { awaitCondition, type SimulatedAccount } from '@wabus/testing';
import { ConnectorFixture, type ConnectorSession } from './connector.fixture.js';

type Linked = ConnectorSession & { account: SimulatedAccount };

let fixture: ConnectorFixture;
beforeAll(async () => {
  // Initially without the journal: see the first test.
  fixture = await ConnectorFixture.start({ WABUS_INBOX_JOURNAL: 'false' });
});
afterAll(() => fixture.stop());

const contact = () => fixture.simulator.control.createAccount({});

/** Returns the texts of the messages in the log, in its order. */
function texts(session: ConnectorSession): string[] {
  const bodies = session
    .events('messages.upsert')
    .map(({ body }) => JSON.parse(body) as { messages: { message?: { conversation?: string } }[] });
  return bodies.flatMap(({ messages }) => messages[0]?.message?.conversation ?? []);
}

const write = (from: SimulatedAccount, session: Linked, text: string) =>
  fixture.simulator.control.sendMessage({ from: from.phoneNumber, to: session.account.phoneNumber, message: { conversation: text } });

/** Resolves when everything counts as delivered for WhatsApp. */
const allConfirmed = (session: Linked) =>
  awaitCondition(
    () => fixture.simulator.control.devices({ phoneNumber: session.account.phoneNumber }),
    ([device]) => device?.unconfirmed === 0,
    { what: 'confirmations' }
  );

const awaitTexts = (session: ConnectorSession, texts_: string[]) =>
  awaitCondition(
    () => texts(session),
    found => texts_.every(text => found.includes(text)),
    { what: `${texts_.length} messages` }
  );

/** Starts a connector in place of the killed one, and resolves when it has opened the session. */
async function takeOver(session: ConnectorSession): Promise<void> {
  const { epoch } = (await session.status())!;
  await fixture.startConnector();
  await session.awaitStatus(({ state, epoch: newer }) => state === 'open' && newer > epoch);
}

/** Creates two contacts and a group in which one of them writes; resolves when everything that the first messages of a chat need has been exchanged. */
async function meet(session: Linked): Promise<(text: string, chat: number) => Promise<unknown>> {
  const [one, two] = await Promise.all([contact(), contact()]);
  const { groupJid } = await fixture.simulator.control.createGroup({
    subject: 'g',
    owner: one.phoneNumber,
    members: [session.account.phoneNumber, two.phoneNumber]
  });
  const group = (text: string) =>
    fixture.simulator.control.sendGroupMessage({ from: one.phoneNumber, groupJid, message: { conversation: text } });
  await group('before in the group');
  await awaitTexts(session, ['before in the group']);
  return (text, chat) => (chat === 2 ? group(text) : write(chat === 0 ? one : two, session, text));
}

/** Sends five messages to each chat while the log refuses events, and WhatsApp gets their receipts. */
async function receiveUnpublished(session: Linked, send: (text: string, chat: number) => Promise<unknown>): Promise<string[][]> {
  const chats = ['one', 'two', 'group'].map(name => Array.from({ length: 5 }, (_, i) => `${name} ${i}`));
  for (let i = 0; i < 5; i++) for (const [chat, sent] of chats.entries()) await send(sent[i]!, chat);
  await allConfirmed(session);
  expect(inChat(session, chats.flat())).toEqual([]);
  return chats;
}

const inChat = (session: ConnectorSession, chat: readonly string[]) => texts(session).filter(text => chat.includes(text));

test('a crash without the journal loses acknowledged messages', async () => {
  const session = await fixture.linkSession();
  const send = await meet(session);
  await fixture.refuseEvents(true);
  const chats = await receiveUnpublished(session, send);
  await fixture.connector.kill();
  await fixture.refuseEvents(false);
  await takeOver(session);
  await send('after', 0);
  await awaitTexts(session, ['after']);
  expect(inChat(session, chats.flat())).toEqual([]);
});

describe('a crash of the connector while the log takes no events', () => {
  const sessions = {} as Record<'unpublished' | 'loggedOut' | 'unconfirmed' | 'keyless', Linked>;
  const chats = {} as Record<'unpublished' | 'loggedOut', string[][]>;
  const parts = {} as Record<'poll' | 'vote' | 'text' | 'withheld', string>;
  let from: SimulatedAccount;

  beforeAll(async () => {
    // One after another: linking is the heaviest operation of a session.
    const unpublished = (sessions.unpublished = await fixture.linkSession());
    const loggedOut = (sessions.loggedOut = await fixture.linkSession());
    const unconfirmed = (sessions.unconfirmed = await fixture.linkSession());
    const keyless = (sessions.keyless = await fixture.linkSession());
    from = await contact();
    await Promise.all([prepareUnconfirmed(unconfirmed), prepareKeyless(keyless)]);
    const [sendUnpublished, sendLoggedOut] = await Promise.all([meet(unpublished), meet(loggedOut)]);
    parts.poll = await says(loggedOut, {
      pollCreationMessage: { name: 'poll', options: [{ optionName: 'tea' }, { optionName: 'coffee' }] }
    });
    parts.text = await says(loggedOut, { conversation: 'to be edited' });
    await fixture.refuseEvents(true);
    await receiveUnsealed(unpublished);
    chats.unpublished = await receiveUnpublished(unpublished, sendUnpublished);
    await receiveParts(loggedOut);
    chats.loggedOut = await receiveUnpublished(loggedOut, sendLoggedOut);
    await fixture.connector.kill();
    await fixture.refuseEvents(false);
    await fixture.forgetEventIds();
    expect(await fixture.loseKeys(keyless, 'session')).toBeGreaterThan(0);
    await fixture.simulator.control.setFaults({ phoneNumber: unconfirmed.account.phoneNumber, faults: {} });
    await fixture.simulator.control.setFaults({ phoneNumber: loggedOut.account.phoneNumber, faults: { refuseLoginWith: 401 } });
    await takeOver(unpublished);
  }, 60_000);

  async function says(session: Linked, message: object): Promise<string> {
    const { id } = await fixture.simulator.control.sendMessage({ from: from.phoneNumber, to: session.account.phoneNumber, message });
    await session.awaitEvent('messages.upsert', body => body.includes(id));
    return id;
  }

  /** Receives messages encrypted with the secrets of other messages, and messages that are not encrypted at all. */
  async function receiveParts(session: Linked): Promise<void> {
    const part = { from: from.phoneNumber, to: session.account.phoneNumber };
    const { control } = fixture.simulator;
    await control.sendPart({ ...part, target: parts.text, part: { kind: 'edit', message: { conversation: 'edited' } } });
    parts.vote = (await control.sendPart({ ...part, target: parts.poll, part: { kind: 'poll-vote', options: ['tea'] } })).id;
    parts.withheld = await receiveStanza(session, 'WITHHELD-LEFT', { tag: 'unavailable', attrs: { type: 'view_once' } });
    await allConfirmed(session);
  }

  /** Receives messages without encrypted content: like all others, they are confirmed before they are published. */
  async function receiveUnsealed(session: Linked): Promise<void> {
    await receiveStanza(session, 'POST', {
      tag: 'plaintext',
      attrs: {},
      content: { base64: Buffer.from('\n\x04post').toString('base64') }
    });
    await receiveStanza(session, 'WITHHELD', { tag: 'unavailable', attrs: { type: 'view_once_unavailable_fanout' } });
    await receiveStanza(session, 'ABSENT', { tag: 'unavailable', attrs: {} });
    await receiveStanza(session, 'STRANGER', { tag: 'enc', attrs: { v: '2', type: 'msg' }, content: { base64: 'AAAA' } });
    await allConfirmed(session);
  }

  async function receiveStanza(session: Linked, id: string, content: object): Promise<string> {
    const sender = id === 'POST' ? '120363000000000009@newsletter' : id === 'STRANGER' ? '867051314767696@bot' : from.pnJid;
    const attrs = { id, from: sender, type: 'text', t: String(Math.floor(Date.now() / 1000)) };
    const { phoneNumber } = session.account;
    await fixture.simulator.control.sendStanza({ phoneNumber, stanza: { tag: 'message', attrs, content: [content] } as never });
    return id;
  }

  /** Receives and publishes messages, but WhatsApp does not get the receipts. */
  async function prepareUnconfirmed(session: Linked): Promise<void> {
    const { phoneNumber } = session.account;
    const { groupJid } = await fixture.simulator.control.createGroup({ subject: 'g', owner: from.phoneNumber, members: [phoneNumber] });
    await write(from, session, 'to begin with');
    await awaitTexts(session, ['to begin with']);
    await allConfirmed(session);
    // In flight when WhatsApp stops receiving.
    await fixture.simulator.control.setFaults({ phoneNumber, faults: { delayMs: 300 } });
    await write(from, session, 'confirmed in vain');
    await fixture.simulator.control.sendGroupMessage({ from: from.phoneNumber, groupJid, message: { conversation: 'in the group too' } });
    await fixture.simulator.control.setFaults({ phoneNumber, faults: { silent: true } });
    await awaitTexts(session, ['confirmed in vain', 'in the group too']);
    const [device] = await fixture.simulator.control.devices({ phoneNumber });
    expect(device!.unconfirmed).toBeGreaterThanOrEqual(2);
  }

  /** Exchanges messages, so that the contact uses the keys that will be lost. */
  async function prepareKeyless(session: Linked): Promise<void> {
    await write(from, session, 'first');
    await awaitTexts(session, ['first']);
    await session.command('sendMessage', [from.phoneNumber, { text: 'answer' }]);
    await fixture.simulator.control.received({
      phoneNumber: from.phoneNumber,
      from: session.account.phoneNumber,
      atLeast: 1,
      waitMs: 5_000
    });
  }

  test('publishes each acknowledged message once and in order', async () => {
    const session = sessions.unpublished;
    await awaitTexts(session, chats.unpublished.flat());
    await write(from, session, 'after');
    await awaitTexts(session, ['after']);
    for (const chat of chats.unpublished) expect(inChat(session, chat)).toEqual(chat);
    expect(await fixture.metric('wabus_connector_inbox_recovered_total')).toBe(37);
    await awaitCondition(
      () => fixture.metric('wabus_connector_inbox_pending'),
      pending => pending === 0
    );
    expect(fixture.connector.lines.join('\n')).toContain('recovered messages from the journal');
  });

  test('nor those of a session whose credentials turn out to be void', async () => {
    const session = sessions.loggedOut;
    await session.awaitState('logged-out');
    await awaitTexts(session, chats.loggedOut.flat());
    for (const chat of chats.loggedOut) expect(inChat(session, chat)).toEqual(chat);
  });

  test('publishes unencrypted messages once and in order', async () => {
    const session = sessions.unpublished;
    await awaitTexts(session, chats.unpublished.flat());
    const bodies = session.events('messages.upsert').map(({ body }) => body);
    const ids = bodies.flatMap(body => ['POST', 'WITHHELD', 'ABSENT', 'STRANGER', 'one 0'].filter(id => body.includes(`"${id}"`)));
    expect(ids).toEqual(['POST', 'WITHHELD', 'ABSENT', 'STRANGER', 'one 0']);
  });

  test('decrypts secret parts without a connection', async () => {
    const session = sessions.loggedOut;
    await session.awaitState('logged-out');
    const vote = await session.awaitEvent('message.poll-vote', body => body.includes(parts.vote));
    expect(JSON.parse(vote.body)).toMatchObject({ key: { id: parts.poll }, options: ['tea'] });
    const edit = await session.awaitEvent('messages.update', body => body.includes('"edited"'));
    expect(JSON.parse(edit.body)).toMatchObject([
      { key: { id: parts.text }, update: { message: { editedMessage: { message: { conversation: 'edited' } } } } }
    ]);
    const withheld = await session.awaitEvent('messages.upsert', body => body.includes(parts.withheld));
    expect(JSON.parse(withheld.body)).toMatchObject({ messages: [{ withheld: { reason: 'view-once' } }] });
  });

  test('publishes a message once if its receipt was lost', async () => {
    const session = sessions.unconfirmed;
    await session.awaitState('open');
    await allConfirmed(session);
    await write(from, session, 'after');
    await awaitTexts(session, ['after']);
    expect(texts(session).filter(text => text !== 'to begin with')).toEqual(['confirmed in vain', 'in the group too', 'after']);
    expect(await fixture.metric('wabus_connector_inbox_redelivered_total')).toBeGreaterThanOrEqual(2);
  });

  test('emits an event each for an unreadable message and its repeat', async () => {
    const session = sessions.keyless;
    await session.awaitState('open');
    const { id } = await write(from, session, 'unreadable at first');
    await awaitTexts(session, ['unreadable at first']);
    const bodies = session.events('messages.upsert').filter(({ body }) => body.includes(id));
    const messages = bodies.map(({ body }) => (JSON.parse(body) as { messages: object[] }).messages[0]);
    expect(messages).toMatchObject([
      { key: { id }, messageStubType: 2 },
      { key: { id }, message: { conversation: 'unreadable at first' } }
    ]);
    expect(messages[1]).not.toHaveProperty('messageStubType', 2);
  });
});

test('a crash between decryption and receipt leaves one event', async () => {
  const session = await fixture.linkSession();
  const from = await contact();
  await write(from, session, 'first');
  await awaitTexts(session, ['first']);
  await allConfirmed(session);
  // The broker has received the write but does not respond: the connector cannot send a receipt.
  await fixture.nats.pause();
  await write(from, session, 'second');
  await write(from, session, 'third');
  await awaitCondition(
    () => fixture.simulator.control.devices({ phoneNumber: session.account.phoneNumber }),
    ([device]) => device?.unconfirmed === 2
  );
  await fixture.connector.kill();
  await fixture.nats.resume();
  await takeOver(session);
  await awaitTexts(session, ['second', 'third']);
  await allConfirmed(session);
  await write(from, session, 'fourth');
  await awaitTexts(session, ['fourth']);
  expect(texts(session)).toEqual(['first', 'second', 'third', 'fourth']);
});

test('messages that wait for the disk share a commit', async () => {
  const session = await fixture.linkSession();
  const from = await contact();
  await write(from, session, 'first');
  await awaitTexts(session, ['first']);
  // From now on, messages are in an established Signal session.
  await session.command('sendMessage', { jid: from.pnJid, content: { text: 'answer' } });
  await allConfirmed(session);
  const before = await fixture.metric('wabus_connector_auth_commits_total');
  const together = Array.from({ length: 14 }, (_, i) => `together ${i}`);
  await fixture.nats.pause();
  for (const text of together) await write(from, session, text);
  await awaitCondition(
    () => fixture.simulator.control.devices({ phoneNumber: session.account.phoneNumber }),
    ([device]) => device?.unconfirmed === together.length
  );
  await fixture.nats.resume();
  await awaitTexts(session, together);
  await allConfirmed(session);
  expect(texts(session)).toEqual(['first', ...together]);
  expect((await fixture.metric('wabus_connector_auth_commits_total')) - before).toBeLessThan(8);
});

test('a reconnect does not lose what waits for the disk', async () => {
  const session = await fixture.linkSession();
  const from = await contact();
  const { phoneNumber } = session.account;
  await write(from, session, 'first');
  await awaitTexts(session, ['first']);
  // From now on, messages are in an established Signal session.
  await session.command('sendMessage', { jid: from.pnJid, content: { text: 'answer' } });
  await write(from, session, 'second');
  await awaitTexts(session, ['second']);
  await allConfirmed(session);
  const waiting = Array.from({ length: 10 }, (_, i) => `waiting ${i}`);
  const delivered = (logins: number) =>
    awaitCondition(
      () => fixture.simulator.control.devices({ phoneNumber }),
      ([device]) => device?.logins === logins && device.unconfirmed === waiting.length,
      { what: `delivery ${logins}` }
    );
  // The connector responds after it has processed everything before.
  const answersTwice = async (): Promise<void> => {
    for (let i = 0; i < 2; i++) await fixture.metric('wabus_connector_inbox_pending');
  };
  await fixture.nats.pause();
  for (const text of waiting) await write(from, session, text);
  await delivered(1);
  // All are then decrypted, and no commit is acknowledged.
  await answersTwice();
  await fixture.simulator.control.disconnect({ phoneNumber, how: 'reset' });
  await delivered(2);
  await answersTwice();
  await fixture.nats.resume();
  await awaitTexts(session, waiting);
  await write(from, session, 'last');
  await awaitTexts(session, ['last']);
  expect(texts(session)).toEqual(['first', 'second', ...waiting, 'last']);
  await allConfirmed(session);
});

test('offline messages come before live ones, in order', async () => {
  const session = await fixture.linkSession();
  const from = await contact();
  await write(from, session, '0');
  await awaitTexts(session, ['0']);
  await session.setDesired('stopped');
  await session.awaitState('stopped');
  const sent = ['0'];
  for (let i = 1; i <= 20; i++) sent.push(String(i));
  for (const text of sent.slice(1)) await write(from, session, text);
  await session.setDesired('running');
  for (let i = 21; i <= 60; i++) {
    sent.push(String(i));
    await write(from, session, String(i));
  }
  await awaitTexts(session, sent);
  // A fast sender has sent all of them before the login.
  sent.push('live');
  await write(from, session, 'live');
  await awaitTexts(session, sent);
  expect(texts(session)).toEqual(sent);
  const types = session.events('messages.upsert').map(({ body }) => (JSON.parse(body) as { type: string }).type);
  expect(types.slice(-61, -41)).toEqual(Array.from({ length: 20 }, () => 'append'));
  expect(types.at(-1)).toBe('notify');
});
