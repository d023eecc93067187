import type { MessageProgress, SentMessage } from '@wabus/contracts';
import { awaitCondition, type SimulatedAccount } from '@wabus/testing';
import { ConnectorFixture, type ConnectorSession } from './connector.fixture.js';

let fixture: ConnectorFixture;
let session: ConnectorSession & { account: SimulatedAccount };
let contact: SimulatedAccount;
beforeAll(async () => {
  fixture = await ConnectorFixture.start();
  session = await fixture.linkSession();
}, 60_000);
afterAll(() => fixture.stop());
beforeEach(async () => {
  contact = await control().createAccount({});
});

const control = () => fixture.simulator.control;
const newGroup = (...members: SimulatedAccount[]) => groupBy('lid', members);
const groupBy = async (addressing: 'pn' | 'lid', members: SimulatedAccount[]) => {
  const numbers = members.map(member => member.phoneNumber);
  return (await control().createGroup({ subject: 'g', owner: session.account.phoneNumber, members: numbers, addressing })).groupJid;
};
const send = async (jid: string, text: string) =>
  ((await session.command('sendMessage', { jid, content: { text } })) as SentMessage).key.id!;
const read = ({ phoneNumber }: SimulatedAccount, text: string) =>
  awaitCondition(
    () => control().received({ phoneNumber }),
    all => all.some(message => message.text === text),
    { what: `"${text}" at a phone` }
  );
const skipped = async (id: string) => {
  const event = await session.awaitEvent('message.progress', body => body.includes(id) && body.includes('server-ack'));
  return (JSON.parse(event.body) as MessageProgress).skippedDevices;
};
const awaitAcknowledged = () =>
  awaitCondition(
    () => control().devices({ phoneNumber: session.account.phoneNumber }),
    ([own]) => own?.unconfirmed === 0,
    { what: 'the announcement to be acknowledged' }
  );
/** Returns the number of stanzas that wait for a device. */
const waiting = async ({ phoneNumber }: SimulatedAccount, device: number) =>
  (await control().devices({ phoneNumber })).find(each => each.device === device)!.unconfirmed;
const gets = (account: SimulatedAccount, device: number, before = 0) =>
  awaitCondition(
    () => waiting(account, device),
    count => count > before,
    { what: `a message for device ${device}` }
  );

describe('a device without keys', () => {
  let device: { device: number; lidJid: string };
  beforeEach(async () => {
    device = await control().addDevice({ phoneNumber: contact.phoneNumber, keys: false });
  });

  test('is left out of a direct message, and reported', async () => {
    const id = await send(contact.lidJid, 'to the phone');
    await read(contact, 'to the phone');
    expect(await skipped(id)).toEqual([device.lidJid]);
  });

  test('is left out of group messages; all others read them', async () => {
    const other = await control().createAccount({});
    const group = await newGroup(contact, other);
    expect(await skipped(await send(group, 'first'))).toEqual([device.lidJid]);
    await send(group, 'second');
    // A device that is added when all others have the key of the group.
    const late = await control().addDevice({ phoneNumber: other.phoneNumber, keys: false });
    await awaitAcknowledged();
    expect(await skipped(await send(group, 'third'))).toEqual([late.lidJid]);
    for (const reader of [contact, other]) for (const text of ['first', 'second', 'third']) await read(reader, text);
  });

  test('is also left out of groups addressed by number', async () => {
    const other = await control().createAccount({});
    const group = await groupBy('pn', [contact, other]);
    expect(await skipped(await send(group, 'first'))).toHaveLength(1);
    const late = await control().addDevice({ phoneNumber: other.phoneNumber, keys: false });
    await awaitAcknowledged();
    expect(await skipped(await send(group, 'second'))).toEqual([late.lidJid]);
    await send(group, 'third');
    for (const reader of [contact, other]) for (const text of ['first', 'second', 'third']) await read(reader, text);
  });

  test('makes the send fail as refused if it is the only one', async () => {
    const phoneless = await control().createAccount({ advertisePhone: false });
    await control().addDevice({ phoneNumber: phoneless.phoneNumber, keys: false });
    await expect(send(phoneless.lidJid, 'to nobody')).rejects.toMatchObject({ code: 'REFUSED_BY_WHATSAPP', details: { statusCode: 404 } });
  });
});

describe('a new device', () => {
  const chats = [
    ['of a contact', () => contact],
    ['of the account', () => session.account]
  ] as const;

  test.each(chats)('%s gets the next message', async (_whose, whose) => {
    await send(contact.lidJid, 'before');
    await read(contact, 'before');
    const { device } = await control().addDevice({ phoneNumber: whose().phoneNumber });
    await awaitAcknowledged();
    const before = await waiting(whose(), device);
    await send(contact.lidJid, 'after');
    await gets(whose(), device, before);
  });

  test('detected only by the hash in an ack gets the next message', async () => {
    await send(contact.lidJid, 'before');
    const { device } = await control().addDevice({ phoneNumber: contact.phoneNumber, silently: true });
    await send(contact.lidJid, 'missed');
    await send(contact.lidJid, 'not missed');
    await gets(contact, device);
  });

  test('in a group likewise gets the key, without further requests', async () => {
    const group = await newGroup(contact);
    await send(group, 'before');
    await control().addDevice({ phoneNumber: contact.phoneNumber, silently: true });
    await send(group, 'missed');
    // The service delivers a group message to each device; only the key of the group makes it readable.
    const keys = (await control().stats({})).iqs['encrypt/key'] ?? 0;
    await send(group, 'not missed');
    const { iqs } = await control().stats({});
    expect(iqs['encrypt/key']).toBeGreaterThan(keys);
    await send(group, 'nothing new');
    expect((await control().stats({})).iqs).toMatchObject({ 'encrypt/key': iqs['encrypt/key'], 'w:g2/query': iqs['w:g2/query'] });
  });
});

test('a hosted device gets direct but no group messages', async () => {
  const { phoneNumber } = contact;
  const hosted = await control().addDevice({ phoneNumber, hosted: true });
  expect(hosted.lidJid).toMatch(/:99@hosted\.lid$/);
  const later = await control().addDevice({ phoneNumber });
  await send(contact.lidJid, 'to all devices');
  await read(contact, 'to all devices');
  await Promise.all([gets(contact, hosted.device), gets(contact, later.device)]);
  const before = await waiting(contact, hosted.device);
  const group = await newGroup(contact);
  await send(group, 'to the group');
  await read(contact, 'to the group');
  await gets(contact, later.device, 1);
  expect(await waiting(contact, hosted.device)).toBe(before);
});

test('hosted devices of both sides get it in either form', async () => {
  for (const migrated of [true, false]) {
    const from = await fixture.linkSession({ migrated });
    const { phoneNumber } = from.account;
    const [own, theirs] = await Promise.all(
      [phoneNumber, contact.phoneNumber].map(number => control().addDevice({ phoneNumber: number, hosted: true }))
    );
    const text = `from ${phoneNumber}`;
    await from.command('sendMessage', { jid: contact.pnJid, content: { text } });
    await read(contact, text);
    await Promise.all([gets(from.account, own!.device), gets(contact, theirs!.device)]);
    contact = await control().createAccount({});
  }
});

test('the sessions with a contact can be reset', async () => {
  await send(contact.lidJid, 'before');
  await read(contact, 'before');
  const asked = (await control().stats({})).iqs['encrypt/key'] ?? 0;
  expect(await session.command('resetContactSession', [contact.pnJid])).toEqual({ sessions: 1 });
  await send(contact.lidJid, 'after');
  await read(contact, 'after');
  expect((await control().stats({})).iqs['encrypt/key']).toBe(asked + 1);
  await control().sendMessage({ from: contact.phoneNumber, to: session.account.phoneNumber, message: { conversation: 'an answer' } });
  await session.awaitEvent('messages.upsert', body => body.includes('an answer'));
  await expect(session.command('resetContactSession', ['1@g.us'])).rejects.toMatchObject({ code: 'INVALID_ARGUMENTS' });
});
