import { awaitCondition, type SimulatedAccount } from '@wabus/testing';
import { ConnectorLab, type LabSession } from './connector.fixture.js';

type Linked = LabSession & { account: SimulatedAccount };

const FAST = { WABUS_TIMING_SCALE: '0.3', WABUS_OWNERSHIP_TIMING: 'single-server' };

let lab: ConnectorLab;
beforeAll(async () => {
  lab = await ConnectorLab.start(FAST);
});
afterAll(() => lab.stop());

const contact = () => lab.simulator.control.createAccount({});

/** The texts of the messages in the log, in its order. */
function texts(session: LabSession): string[] {
  const bodies = session
    .events('messages.upsert')
    .map(({ body }) => JSON.parse(body) as { messages: { message?: { conversation?: string } }[] });
  return bodies.flatMap(({ messages }) => messages[0]?.message?.conversation ?? []);
}

const write = (from: SimulatedAccount, session: Linked, text: string) =>
  lab.simulator.control.sendMessage({ from: from.phoneNumber, to: session.account.phoneNumber, message: { conversation: text } });

/** Settles when WhatsApp believes everything delivered. */
const allConfirmed = (session: Linked) =>
  awaitCondition(
    () => lab.simulator.control.devices({ phoneNumber: session.account.phoneNumber }),
    ([device]) => device?.unconfirmed === 0,
    { what: 'confirmations' }
  );

const awaitTexts = (session: LabSession, texts_: string[]) =>
  awaitCondition(
    () => texts(session),
    found => texts_.every(text => found.includes(text)),
    { what: `${texts_.length} messages` }
  );

/** Another connector takes the sessions of the one that was killed. */
async function takeOver(session: LabSession, env: Record<string, string> = {}): Promise<void> {
  const { epoch } = (await session.status())!;
  await lab.startConnector({ ...FAST, ...env });
  await session.awaitStatus(({ state, epoch: newer }) => state === 'open' && newer > epoch);
}

/** Messages of two contacts and a group that are confirmed to WhatsApp while the log takes no events. */
async function receiveUnpublished(session: Linked): Promise<string[][]> {
  const [one, two] = await Promise.all([contact(), contact()]);
  const { groupJid } = await lab.simulator.control.createGroup({
    subject: 'g',
    owner: one.phoneNumber,
    members: [session.account.phoneNumber, two.phoneNumber]
  });
  const group = (text: string) =>
    lab.simulator.control.sendGroupMessage({ from: one.phoneNumber, groupJid, message: { conversation: text } });
  await group('before in the group');
  await awaitTexts(session, ['before in the group']);
  await lab.refuseEvents(true);
  const chats: string[][] = [[], [], []];
  for (let i = 0; i < 5; i++) {
    const sent = [`one ${i}`, `two ${i}`, `group ${i}`];
    await write(one, session, sent[0]!);
    await write(two, session, sent[1]!);
    await group(sent[2]!);
    sent.forEach((text, chat) => chats[chat]!.push(text));
  }
  await allConfirmed(session);
  expect(texts(session)).toEqual(['before in the group']);
  return chats;
}

describe('messages that WhatsApp believes delivered', () => {
  test('and whose events were not stored when the connector died are published by the next one: each once, in order per chat', async () => {
    const session = await lab.linkSession();
    const chats = await receiveUnpublished(session);
    await lab.connector.kill();
    await lab.refuseEvents(false);
    await takeOver(session);
    await awaitTexts(session, chats.flat());
    const last = await contact();
    await write(last, session, 'after');
    await awaitTexts(session, ['after']);
    for (const chat of chats) expect(texts(session).filter(text => chat.includes(text))).toEqual(chat);
    expect(await lab.metric('wabus_connector_inbox_recovered_total')).toBe(15);
    expect(await lab.metric('wabus_connector_inbox_pending')).toBe(0);
    expect(lab.connector.lines.join('\n')).toContain('messages recovered from the journal');
  });

  test('are published when the credentials turn out to be void at the next login', async () => {
    const session = await lab.linkSession();
    const chats = await receiveUnpublished(session);
    await lab.connector.kill();
    await lab.refuseEvents(false);
    await lab.simulator.control.setFaults({ phoneNumber: session.account.phoneNumber, faults: { refuseLoginWith: 401 } });
    await lab.startConnector(FAST);
    await session.awaitState('logged-out');
    await awaitTexts(session, chats.flat());
    for (const chat of chats) expect(texts(session).filter(text => chat.includes(text))).toEqual(chat);
  });

  test('are lost by the same crash without the journal', async () => {
    await lab.connector.stop();
    await lab.startConnector({ ...FAST, WABUS_INBOX_JOURNAL: 'false' });
    const session = await lab.linkSession();
    const chats = await receiveUnpublished(session);
    await lab.connector.kill();
    await lab.refuseEvents(false);
    await takeOver(session);
    await write(await contact(), session, 'after');
    await awaitTexts(session, ['after']);
    expect(texts(session).filter(text => chats.flat().includes(text))).toEqual([]);
  });
});

describe('a message that comes again', () => {
  test('since the connector died between its decryption and the receipt is one event', async () => {
    const session = await lab.linkSession();
    const from = await contact();
    await write(from, session, 'first');
    await awaitTexts(session, ['first']);
    await allConfirmed(session);
    // The broker has the write on its line and answers nothing: the connector cannot send a receipt.
    await lab.nats.pause();
    await write(from, session, 'second');
    await write(from, session, 'third');
    await awaitCondition(
      () => lab.simulator.control.devices({ phoneNumber: session.account.phoneNumber }),
      ([device]) => device?.unconfirmed === 2
    );
    await lab.connector.kill();
    await lab.nats.resume();
    await takeOver(session);
    await awaitTexts(session, ['first', 'second', 'third']);
    await allConfirmed(session);
    await write(from, session, 'fourth');
    await awaitTexts(session, ['fourth']);
    expect(texts(session)).toEqual(['first', 'second', 'third', 'fourth']);
  });

  test('since its receipt was lost is one event, also after the log has forgotten its id', async () => {
    const session = await lab.linkSession();
    const from = await contact();
    const { groupJid } = await lab.simulator.control.createGroup({
      subject: 'g',
      owner: from.phoneNumber,
      members: [session.account.phoneNumber]
    });
    await write(from, session, 'to begin with');
    await awaitTexts(session, ['to begin with']);
    await allConfirmed(session);
    // On their way while WhatsApp hears nothing any more.
    const { phoneNumber } = session.account;
    await lab.simulator.control.setFaults({ phoneNumber, faults: { delayMs: 300 } });
    await write(from, session, 'confirmed in vain');
    await lab.simulator.control.sendGroupMessage({ from: from.phoneNumber, groupJid, message: { conversation: 'in the group too' } });
    await lab.simulator.control.setFaults({ phoneNumber, faults: { silent: true } });
    await awaitTexts(session, ['confirmed in vain', 'in the group too']);
    const [device] = await lab.simulator.control.devices({ phoneNumber });
    expect(device!.unconfirmed).toBeGreaterThanOrEqual(2);
    await lab.connector.kill();
    await lab.simulator.control.setFaults({ phoneNumber, faults: {} });
    await lab.forgetEventIds();
    await takeOver(session);
    await allConfirmed(session);
    await write(from, session, 'after');
    await awaitTexts(session, ['after']);
    expect(texts(session).filter(text => text !== 'to begin with')).toEqual(['confirmed in vain', 'in the group too', 'after']);
    expect(await lab.metric('wabus_connector_inbox_redelivered_total')).toBeGreaterThanOrEqual(2);
  });
});

test('messages of the time without a connection come before those after the login, all in order and as what they are', async () => {
  const session = await lab.linkSession();
  const from = await contact();
  await write(from, session, '0');
  await awaitTexts(session, ['0']);
  await session.want('stopped');
  await session.awaitState('stopped');
  const sent = ['0'];
  for (let i = 1; i <= 20; i++) sent.push(String(i));
  for (const text of sent.slice(1)) await write(from, session, text);
  await session.want('running');
  for (let i = 21; i <= 60; i++) {
    sent.push(String(i));
    await write(from, session, String(i));
  }
  await awaitTexts(session, sent);
  expect(texts(session)).toEqual(sent);
  const types = session.events('messages.upsert').map(({ body }) => (JSON.parse(body) as { type: string }).type);
  expect(types.slice(-60, -40)).toEqual(Array.from({ length: 20 }, () => 'append'));
  expect(types.at(-1)).toBe('notify');
});

test('a message that cannot be decrypted is an event, and so is what it turns out to be, under the same id', async () => {
  const session = await lab.linkSession();
  const from = await contact();
  await write(from, session, 'first');
  await awaitTexts(session, ['first']);
  await session.command('sendMessage', [from.phoneNumber, { text: 'answer' }]);
  await lab.simulator.control.received({ phoneNumber: from.phoneNumber, atLeast: 1, waitMs: 5_000 });
  await lab.connector.kill();
  expect(await lab.loseKeys(session, 'session')).toBeGreaterThan(0);
  await takeOver(session);
  const { id } = await write(from, session, 'unreadable at first');
  await awaitTexts(session, ['unreadable at first']);
  const events = session.events('messages.upsert').filter(({ body }) => body.includes(id));
  const messages = events.map(
    ({ body }) => (JSON.parse(body) as { messages: { messageStubType?: number; key: { id: string } }[] }).messages[0]!
  );
  expect(messages.map(({ key, messageStubType }) => [key.id, messageStubType])).toEqual([
    [id, 2],
    [id, undefined]
  ]);
});
