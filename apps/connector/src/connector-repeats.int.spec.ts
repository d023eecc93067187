import { awaitCondition, type Addressing, type SimulatedAccount } from '@wabus/testing';
import { ConnectorFixture, type ConnectorSession } from './connector.fixture.js';

/** More than the journal keeps. */
const OTHERS = 80;

let fixture: ConnectorFixture;
let session: ConnectorSession & { account: SimulatedAccount };
let contact: SimulatedAccount;
let groupJid: string;
beforeAll(async () => {
  fixture = await ConnectorFixture.start();
  session = await fixture.linkSession();
  contact = await fixture.simulator.control.createAccount({});
  const members = [session.account.phoneNumber];
  ({ groupJid } = await fixture.simulator.control.createGroup({ subject: 'g', owner: contact.phoneNumber, members }));
}, 60_000);
afterAll(() => fixture.stop());

/** Sends a message from the contact; an id that was used before repeats that message, encrypted again. */
const write = (id: string, addressing: Addressing = 'pn') =>
  fixture.simulator.control.sendMessage({
    ...{ from: contact.phoneNumber, to: session.account.phoneNumber, id, addressing },
    message: { conversation: `text of ${id}` }
  });
const writeInGroup = (id: string) =>
  fixture.simulator.control.sendGroupMessage({ from: contact.phoneNumber, groupJid, id, message: { conversation: `text of ${id}` } });

/** Returns the ids of the messages in the log, in its order. */
const ids = (): string[] =>
  session
    .events('messages.upsert')
    .flatMap(({ body }) => (JSON.parse(body) as { messages: { key: { id: string } }[] }).messages[0]!.key.id);
const arrived = (id: string) =>
  awaitCondition(
    () => ids().filter(each => each === id).length,
    copies => copies > 0,
    { what: `message ${id}` }
  );
const copies = (...wanted: string[]) => wanted.map(id => ids().filter(each => each === id).length);

/** Makes another connector the owner, without the log's duplicate window and the memory of the first owner. */
async function takeOver(): Promise<void> {
  const { epoch } = (await session.status())!;
  await fixture.connector.kill();
  await fixture.forgetEventIds();
  await fixture.startConnector();
  await session.awaitStatus(({ state, epoch: newer }) => state === 'open' && newer > epoch);
}

test('a message repeated after a takeover is one event', async () => {
  await write('OLD1');
  await writeInGroup('OLD2');
  await arrived('OLD2');
  for (let n = 0; n < OTHERS; n++) await write(`OTHER${n}`);
  // The last ones are in the journal, and in the memory of the owner that is about to end.
  for (const id of ['NEW1', 'NEW2']) await write(id);
  await arrived('NEW2');
  await takeOver();
  for (const id of ['OLD1', 'OTHER3', 'NEW1']) await write(id);
  await writeInGroup('OLD2');
  // Uses the other addressing of the chat.
  for (const id of ['OLD1', 'NEW2']) await write(id, 'lid');
  await write('AFTER');
  await arrived('AFTER');
  expect(copies('OLD1', 'OLD2', 'OTHER3', 'NEW1', 'NEW2', 'AFTER')).toEqual([1, 1, 1, 1, 1, 1]);
}, 120_000);

test('nor is it repeated for the owner after the next', async () => {
  await takeOver();
  await write('OLD1');
  await write('AFTER');
  await writeInGroup('OLD2');
  await write('LAST');
  await arrived('LAST');
  expect(copies('OLD1', 'OLD2', 'AFTER', 'LAST')).toEqual([1, 1, 1, 1]);
}, 120_000);

/** Sends a change under an id that the contact chooses, so that it can be repeated. */
const change = (id: string, message: object) =>
  fixture.simulator.control.sendMessage({
    ...{ from: contact.phoneNumber, to: session.account.phoneNumber, id, addressing: 'pn' as const },
    message
  });

test('a change by a message occurs once, after a takeover too', async () => {
  const key = { remoteJid: session.account.pnJid, fromMe: true, id: 'CHANGED' };
  const edit = { protocolMessage: { key, type: 14, editedMessage: { conversation: 'corrected' } } };
  const reaction = { reactionMessage: { key, text: '👍', senderTimestampMs: 1_700_000_000_000 } };
  const changes = () => ['messages.update', 'messages.reaction'].map(name => eventsAbout(name as 'messages.update').length);
  const eventsAbout = (name: 'messages.update' | 'messages.reaction') =>
    session.events(name).filter(({ body }) => body.includes('"CHANGED"'));
  const say = async (): Promise<void> => {
    await change('EDIT', edit);
    await change('REACTION', reaction);
  };
  await write('CHANGED');
  await say();
  await awaitCondition(changes, ([edits, reactions]) => edits === 1 && reactions === 1, { what: 'both changes' });
  await say();
  await takeOver();
  await say();
  await write('AFTER CHANGES');
  await arrived('AFTER CHANGES');
  expect(changes()).toEqual([1, 1]);
}, 120_000);
