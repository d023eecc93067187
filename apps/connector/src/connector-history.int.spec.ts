import { awaitCondition, type HistoryTerms, type SimulatedAccount } from '@wabus/testing';
import { ConnectorFixture, type ConnectorSession } from './connector.fixture.js';

let fixture: ConnectorFixture;
beforeAll(async () => {
  fixture = await ConnectorFixture.start();
});
afterAll(() => fixture.stop());

interface WithHistory {
  readonly session: ConnectorSession;
  readonly account: SimulatedAccount;
  /** What a contact sent before the device was linked, oldest first. */
  readonly texts: readonly string[];
}

/** Starts to link a session to an account with a history. Resolves when the phone has linked it. */
async function linkWithHistory(terms: Partial<HistoryTerms>): Promise<WithHistory> {
  const { control } = fixture.simulator;
  const [account, contact] = await Promise.all([control.createAccount({}), control.createAccount({})]);
  const { phoneNumber } = account;
  const texts = Array.from({ length: 12 }, (_, i) => `before ${i}`);
  for (const text of texts) await control.sendMessage({ from: contact.phoneNumber, to: phoneNumber, message: { conversation: text } });
  await control.setHistory({ phoneNumber, ...terms });
  const session = await fixture.createSession();
  await session.scan(account);
  return { session, account, texts };
}

const chunksOf = ({ account }: Pick<WithHistory, 'account'>) =>
  fixture.simulator.control.historyChunks({ phoneNumber: account.phoneNumber });

const awaitSettled = (linked: WithHistory) =>
  awaitCondition(
    () => chunksOf(linked),
    chunks => chunks.length > 0 && chunks.every(({ state }) => state === 'confirmed' || state === 'asked-again'),
    { what: 'confirmed chunks' }
  );

/** Returns the texts of the history in the log, each as often as it occurs. */
function published(session: ConnectorSession): string[] {
  const bodies = session
    .events('messaging-history.set')
    .map(({ body }) => JSON.parse(body) as { messages: { message?: { conversation?: string } }[] });
  return bodies.flatMap(({ messages }) => messages.flatMap(({ message }) => message?.conversation ?? []));
}

const awaitPublished = ({ session, texts }: WithHistory) =>
  awaitCondition(
    () => published(session),
    found => texts.every(text => found.includes(text)),
    { what: 'the whole history' }
  );

test('a missing chunk is requested again', async () => {
  const linked = await linkWithHistory({ missing: 2, recentChunks: 3 });
  await awaitPublished(linked);
  const chunks = await awaitSettled(linked);
  expect(chunks.filter(({ state }) => state === 'asked-again')).toHaveLength(2);
  // Bootstrap, three recent ones, and names; two of them twice.
  expect(chunks).toHaveLength(7);
});

test('a crash in the middle of the history loses nothing', async () => {
  const linked = await linkWithHistory({ latencyMs: 400, recentChunks: 6 });
  const { session } = linked;
  await awaitCondition(
    () => chunksOf(linked),
    chunks => chunks.some(({ state }) => state === 'confirmed') && chunks.every(({ state }) => state !== 'sent')
  );
  await fixture.connector.kill();
  const unconfirmed = (await chunksOf(linked)).filter(({ state }) => state === 'received');
  expect(unconfirmed.length).toBeGreaterThan(1);
  const { epoch } = (await session.status())!;
  await fixture.startConnector();
  await session.awaitStatus(({ state, epoch: newer }) => state === 'open' && newer > epoch);
  await awaitPublished(linked);
  const chunks = await awaitSettled(linked);
  expect(chunks.map(({ state }) => state)).toEqual(chunks.map(() => 'confirmed'));
  // The last message of a chat is also in the first chunk.
  const [last, ...others] = [...linked.texts].reverse();
  expect(
    published(session)
      .filter(text => text !== last)
      .sort()
  ).toEqual([...others].sort());
});

test('a chunk is confirmed when its events are in the log', async () => {
  const session = await fixture.linkSession();
  const { phoneNumber } = session.account;
  const contact = await fixture.simulator.control.createAccount({});
  await awaitSettled({ session, account: session.account, texts: [] });
  await fixture.refuseEvents(true);
  await fixture.simulator.control.provoke({ event: 'messaging-history.set', phoneNumber, contact: contact.phoneNumber });
  const last = async () => (await chunksOf(session)).at(-1)?.state;
  await awaitCondition(last, state => state === 'received');
  await awaitCondition(
    () => fixture.metric('wabus_connector_events_in_flight'),
    pending => pending > 0,
    { what: 'an event that waits for the log' }
  );
  expect(await last()).toBe('received');
  await fixture.refuseEvents(false);
  await awaitCondition(last, state => state === 'confirmed');
  expect(session.events('messaging-history.set').at(-1)?.body).toContain('a message of yesterday');
});

test("older messages are requested by the phone's jid", async () => {
  const session = await fixture.linkSession();
  const { control } = fixture.simulator;
  const contact = await control.createAccount({});
  for (const text of ['older', 'newer']) {
    await control.sendMessage({ from: contact.phoneNumber, to: session.account.phoneNumber, message: { conversation: text } });
    await session.awaitEvent('messages.upsert', body => body.includes(`"${text}"`));
  }
  const newer = session.events('messages.upsert').find(({ body }) => body.includes('"newer"'))!;
  const [{ key, messageTimestamp }] = (JSON.parse(newer.body) as { messages: { key: object; messageTimestamp: number }[] }).messages as [
    { key: object; messageTimestamp: number }
  ];
  const oldestMsgKey = { ...key, remoteJid: contact.pnJid };
  await session.command('fetchMessageHistory', { count: 5, oldestMsgKey, oldestMsgTimestamp: messageTimestamp });
  const { body } = await session.awaitEvent('messaging-history.set', set => set.includes('"older"'));
  expect(body).toContain(contact.lidJid);
});

test("parts that refer to the phone's messages are decrypted", async () => {
  const { control } = fixture.simulator;
  const [account, contact] = await Promise.all([control.createAccount({}), control.createAccount({})]);
  const { phoneNumber } = account;
  const write = async (message: object) => (await control.sendMessage({ from: contact.phoneNumber, to: phoneNumber, message })).id;
  const older = await write({ conversation: 'in June' });
  // As many messages as the phone sends of a chat at once.
  for (let n = 0; n < 20; n++) await write({ conversation: `filler ${n}` });
  const text = await write({ conversation: 'at six' });
  const poll = await write({ pollCreationMessageV3: { name: 'When?', options: [{ optionName: 'six' }, { optionName: 'seven' }] } });
  const session = await fixture.createSession();
  await session.scan(account);
  await session.awaitEvent('messaging-history.set', body => body.includes(poll));
  // In a later part. An earlier edit would be in that part.
  await session.awaitEvent('messaging-history.set', body => body.includes(text));
  const about = { from: contact.phoneNumber, to: phoneNumber };
  await control.sendPart({ ...about, target: text, part: { kind: 'edit', message: { conversation: 'at seven' } } });
  await control.sendPart({ ...about, target: poll, part: { kind: 'poll-vote', options: ['seven'] } });
  const vote = await session.awaitEvent('message.poll-vote', body => body.includes(poll));
  expect(JSON.parse(vote.body)).toMatchObject({ name: 'When?', options: ['seven'] });
  const edit = await session.awaitEvent('messages.update', body => body.includes(text));
  expect(edit.body).toContain('at seven');

  const key = { remoteJid: contact.pnJid, fromMe: false, id: older };
  await session.command('requestPlaceholderResend', { messageKey: key });
  await session.awaitEvent('messages.upsert', body => body.includes(older));
  await control.sendPart({ ...about, target: older, part: { kind: 'edit', message: { conversation: 'not in June' } } });
  expect((await session.awaitEvent('messages.update', body => body.includes(older))).body).toContain('not in June');
});
