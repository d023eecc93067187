import type { CommandReply } from '@wabus/contracts';
import { awaitCondition, type SimulatedAccount } from '@wabus/testing';
import { ConnectorFixture, type ConnectorSession } from './connector.fixture.js';

/** Larger than anything that is kept in memory. */
const LARGE = 'x'.repeat(400_000);

let fixture: ConnectorFixture;
let session: ConnectorSession & { account: SimulatedAccount };

beforeAll(async () => {
  fixture = await ConnectorFixture.start();
  session = await fixture.linkSession();
}, 60_000);
afterAll(() => fixture.stop());
afterEach(() => acks(true));

const control = () => fixture.simulator.control;
/** Sets whether WhatsApp confirms what the session sends. */
const acks = (come: boolean) => control().setFaults({ phoneNumber: session.account.phoneNumber, faults: come ? {} : { drop: 'ack' } });
const textsOf = async ({ phoneNumber }: SimulatedAccount) => (await control().received({ phoneNumber })).map(({ text }) => text);
const reads = (reader: SimulatedAccount, text: string) =>
  awaitCondition(
    () => textsOf(reader),
    texts => texts.includes(text),
    { waitMs: 15_000, what: `a phone that reads ${text.slice(0, 20)}` }
  );
const send = (jid: string, text: string) => session.command('sendMessage', { jid, content: { text } }, 60_000);
const relay = (jid: string, text: string) =>
  session.command('relayMessage', { jid, message: { conversation: text }, options: {} }, 60_000) as Promise<CommandReply<'relayMessage'>>;

/** Creates a contact that has lost its Signal session with the account. */
async function forgetfulContact(): Promise<SimulatedAccount> {
  const contact = await control().createAccount({});
  await send(contact.pnJid, 'hello');
  await reads(contact, 'hello');
  await control().sendMessage({ from: contact.phoneNumber, to: session.account.phoneNumber, message: { conversation: contact.lidJid } });
  await session.awaitEvent('messages.upsert', body => body.includes(contact.lidJid));
  await control().forgetSessions({ phoneNumber: contact.phoneNumber });
  return contact;
}

const connections = () => session.events('connection.update').filter(({ body }) => body.includes('"connection":"open"')).length;

/** Sends while WhatsApp confirms nothing, and waits until the text is read; the command may fail afterwards. */
async function readBeforeItsAck(reader: SimulatedAccount, text: string, sending: () => Promise<unknown>): Promise<void> {
  await acks(false);
  const settled = sending().catch((error: unknown) => error);
  await reads(reader, text);
  const before = connections();
  await control().disconnect({ phoneNumber: session.account.phoneNumber, how: 'close' });
  await acks(true);
  await settled;
  await awaitCondition(
    () => Promise.resolve(connections()),
    count => count > before,
    { waitMs: 30_000, what: 'the next connection' }
  );
  await control().awaitDevice({ phoneNumber: session.account.phoneNumber, online: true, waitMs: 30_000 });
  await session.awaitState('open');
}

describe('a receiver that requests a resend before the ack gets', () => {
  test.each([
    ['a message', 'ordinary', send],
    ['a relayed message', 'relayed', relay],
    ['a large message', LARGE, relay]
  ])(
    '%s',
    async (_what, text, sending) => {
      const contact = await forgetfulContact();
      await readBeforeItsAck(contact, text, () => sending(contact.pnJid, text));
    },
    60_000
  );

  test.each([
    ['a message', 'to the group', send],
    ['a relayed message', 'relayed to the group', relay]
  ])(
    '%s in a group',
    async (_what, text, sending) => {
      const [member, other] = await Promise.all([control().createAccount({}), control().createAccount({})]);
      const members = [member.phoneNumber, other.phoneNumber];
      const { groupJid } = await control().createGroup({ subject: 'Hasty', owner: session.account.phoneNumber, members });
      await send(groupJid, 'first');
      await reads(member, 'first');
      await control().forgetSessions({ phoneNumber: member.phoneNumber, what: 'sender-keys' });
      await readBeforeItsAck(member, text, () => sending(groupJid, text));
    },
    60_000
  );

  test.each([
    ['a copy', 'own copy', send],
    ['a relayed copy', 'own relayed copy', relay]
  ])(
    '%s as an own device',
    async (_what, text, sending) => {
      const contact = await control().createAccount({});
      await send(contact.pnJid, `hello ${text}`);
      await reads(session.account, `hello ${text}`);
      await control().forgetSessions({ phoneNumber: session.account.phoneNumber });
      await readBeforeItsAck(session.account, text, () => sending(contact.pnJid, text));
    },
    60_000
  );
});

test('the next owner resends a large message too', async () => {
  const contact = await forgetfulContact();
  await relay(contact.pnJid, `${LARGE}?`);
  await reads(contact, `${LARGE}?`);
  const { id } = (await control().received({ phoneNumber: contact.phoneNumber })).at(-1)!;
  await fixture.connector.kill();
  await fixture.startConnector();
  await session.awaitState('open', 30_000);
  const sent = () => fixture.metric('wabus_connector_resends_total', 'outcome="sent"');
  const retry = { tag: 'retry', attrs: { count: '1', id, v: '1', error: '0' } };
  const registration = { tag: 'registration', attrs: {}, content: { base64: 'AAAAAQ==' } };
  const attrs = { id, type: 'retry', t: '1', from: contact.lidJid };
  await control().sendStanza({
    phoneNumber: session.account.phoneNumber,
    stanza: { tag: 'receipt', attrs, content: [retry, registration] }
  });
  await awaitCondition(sent, count => count === 1, { what: 'the message to be sent again' });
}, 60_000);
