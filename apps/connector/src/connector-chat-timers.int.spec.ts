import type { SentMessage } from '@wabus/contracts';
import { awaitCondition, type SimulatedAccount } from '@wabus/testing';
import { ConnectorFixture, type ConnectorSession } from './connector.fixture.js';

const DAY = 86_400;

let fixture: ConnectorFixture;
let session: ConnectorSession & { account: SimulatedAccount };

beforeAll(async () => {
  fixture = await ConnectorFixture.start();
  session = await fixture.linkSession();
}, 60_000);
afterAll(() => fixture.stop());

const control = () => fixture.simulator.control;
const account = () => session.account.phoneNumber;

interface Context {
  readonly expiration?: number;
  readonly ephemeralSettingTimestamp?: number;
  readonly disappearingMode?: object;
}

/** Returns the context of a sent message as a phone receives it. */
async function contextAt({ phoneNumber }: SimulatedAccount, jid: string, options?: object): Promise<Context> {
  const { key } = (await session.command('sendMessage', {
    jid,
    content: { text: 'hello' },
    ...(options ? { options } : {})
  })) as SentMessage;
  const received = await awaitCondition(
    () => control().received({ phoneNumber }),
    all => all.some(({ id }) => id === key.id),
    { what: 'the message' }
  );
  const { message } = received.find(({ id }) => id === key.id)!;
  return (message as { extendedTextMessage: { contextInfo?: Context } }).extendedTextMessage.contextInfo ?? {};
}

/** Sets the chat's timer as a contact; 0 ends it. Resolves with the time of the change when the session has received it. */
async function sets(contact: SimulatedAccount, seconds: number): Promise<number> {
  const message = { protocolMessage: { type: 'EPHEMERAL_SETTING', ephemeralExpiration: seconds } };
  const { id } = await control().sendMessage({ from: contact.phoneNumber, to: account(), message });
  const { body } = await session.awaitEvent('messages.upsert', text => text.includes(id));
  return (JSON.parse(body) as { messages: { messageTimestamp: number }[] }).messages[0]!.messageTimestamp;
}

describe('a message contains the timer of a direct chat', () => {
  let contact: SimulatedAccount;
  let setAt: number;
  beforeAll(async () => {
    contact = await control().createAccount({});
    setAt = await sets(contact, DAY);
  });
  const timer = () => ({
    expiration: DAY,
    ephemeralSettingTimestamp: setAt,
    disappearingMode: expect.objectContaining({ trigger: 1 }) as object
  });

  test('by either jid', async () => {
    expect(await contextAt(contact, contact.pnJid)).toMatchObject(timer());
    expect(await contextAt(contact, contact.lidJid)).toMatchObject(timer());
  });

  test('unless the caller has another one, or none', async () => {
    const own = await contextAt(contact, contact.pnJid, { ephemeralExpiration: 60 });
    expect(own).toMatchObject({ expiration: 60 });
    expect(own.ephemeralSettingTimestamp).toBeUndefined();
    expect((await contextAt(contact, contact.pnJid, { ephemeralExpiration: 0 })).expiration).toBeUndefined();
  });

  test('after a crash of the connector', async () => {
    const logins = async () => (await control().devices({ phoneNumber: account() }))[0]?.logins ?? 0;
    const before = await logins();
    await fixture.connector.kill();
    await fixture.startConnector();
    await awaitCondition(logins, now => now > before, { waitMs: 30_000, what: 'another login' });
    await control().awaitDevice({ phoneNumber: account(), online: true });
    await session.awaitState('open', 30_000);
    expect(await contextAt(contact, contact.pnJid)).toMatchObject(timer());
  }, 60_000);

  test('until it ends', async () => {
    await sets(contact, 0);
    expect((await contextAt(contact, contact.pnJid)).expiration).toBeUndefined();
  });
});

test('a message contains a timer that the session set', async () => {
  const contact = await control().createAccount({});
  await session.command('sendMessage', { jid: contact.pnJid, content: { disappearingMessagesInChat: DAY } });
  await session.awaitEvent('messages.upsert', body => body.includes('ephemeralExpiration') && body.includes(contact.pnJid));
  const context = await contextAt(contact, contact.pnJid);
  expect(context).toMatchObject({ expiration: DAY, ephemeralSettingTimestamp: expect.any(Number) as number });
});

test('a message contains a timer from before the link', async () => {
  const contact = await control().createAccount({});
  const contextInfo = { expiration: DAY, ephemeralSettingTimestamp: 1_700_000_000 };
  const message = { extendedTextMessage: { text: `I am ${contact.phoneNumber}`, contextInfo } };
  await control().sendMessage({ from: contact.phoneNumber, to: account(), message });
  await session.awaitEvent('messages.upsert', body => body.includes(`I am ${contact.phoneNumber}`));
  expect(await contextAt(contact, contact.pnJid)).toMatchObject(contextInfo);
});

test('a message contains the timer of a group', async () => {
  const member = await control().createAccount({});
  const { groupJid } = await control().createGroup({ subject: 'Timed', owner: account(), members: [member.phoneNumber] });
  expect((await contextAt(member, groupJid)).expiration).toBeUndefined();
  await session.command('sendMessage', { jid: groupJid, content: { disappearingMessagesInChat: DAY } });
  await session.awaitEvent('messages.upsert', body => body.includes('ephemeralExpiration') && body.includes(groupJid));
  const context = await contextAt(member, groupJid);
  expect(context).toMatchObject({ expiration: DAY, ephemeralSettingTimestamp: expect.any(Number) as number });
});
