import { OWNERSHIP_BUCKET, type SentMessage } from '@wabus/contracts';
import { awaitCondition, type SimulatedAccount } from '@wabus/testing';
import { ConnectorLab, type LabSession } from './connector.fixture.js';

/** What a session sends to one contact, and what arrives there. */
class Correspondence {
  constructor(
    private readonly session: LabSession,
    readonly contact: SimulatedAccount
  ) {}

  async send(text: string, { key, deadlineMs }: { key?: string; deadlineMs?: number } = {}): Promise<SentMessage> {
    return (await this.session.command('sendMessage', { jid: this.contact.pnJid, content: { text } }, deadlineMs, key)) as SentMessage;
  }

  /** What has arrived when one more message, sent last, has. */
  async arrived(): Promise<{ id: string; text: string | null }[]> {
    const { key } = await this.send('the end');
    const received = await awaitCondition(
      () => lab.simulator.control.received({ phoneNumber: this.contact.phoneNumber }),
      all => all.some(({ id }) => id === key.id),
      { what: 'the last message at the contact' }
    );
    return received.filter(({ id }) => id !== key.id).map(({ id, text }) => ({ id, text }));
  }
}

let lab: ConnectorLab;
let session: LabSession & { account: SimulatedAccount };
let letters: Correspondence;

beforeAll(async () => {
  lab = await ConnectorLab.start();
  session = await lab.linkSession();
}, 60_000);
afterAll(() => lab.stop());
beforeEach(async () => {
  letters = new Correspondence(session, await lab.simulator.control.createAccount({}));
});

const fault = (faults: object) => lab.simulator.control.setFaults({ phoneNumber: session.account.phoneNumber, faults });
const messagesSent = async () => (await lab.simulator.control.stats({})).messagesFromDevices;

async function replaceConnector(env: Record<string, string> = {}): Promise<void> {
  await lab.connector.kill();
  await lab.startConnector(env);
  await lab.simulator.control.awaitDevice({ phoneNumber: session.account.phoneNumber, online: true, waitMs: 30_000 });
  await session.awaitState('open', 30_000);
}

describe('a command with an idempotency key', () => {
  test('is carried out once however often it comes, also at once, and answered alike', async () => {
    const before = await messagesSent();
    const replies = await Promise.all([1, 2, 3].map(() => letters.send('once', { key: 'k-once' })));
    replies.push(await letters.send('once', { key: 'k-once' }));
    expect(new Set(replies.map(reply => JSON.stringify(reply))).size).toBe(1);
    expect(await messagesSent()).toBe(before + 1);
    expect(await letters.arrived()).toEqual([{ id: replies[0]!.key.id, text: 'once' }]);
  });

  test('is refused for another request, and another key is another command', async () => {
    await letters.send('one', { key: 'k-reused' });
    await expect(letters.send('two', { key: 'k-reused' })).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
    await letters.send('two', { key: 'k-other' });
    expect((await letters.arrived()).map(({ text }) => text)).toEqual(['one', 'two']);
  });

  test('outlives its connector: what was answered is answered alike, what was sent but not confirmed reaches the contact once', async () => {
    const answered = await letters.send('before the crash', { key: 'k-known' });
    await fault({ drop: 'ack' });
    await expect(letters.send('was it sent?', { key: 'k-crash', deadlineMs: 1_500 })).rejects.toMatchObject({ code: 'TIMEOUT' });
    const { phoneNumber } = letters.contact;
    const received = await lab.simulator.control.received({ phoneNumber, atLeast: 2, waitMs: 10_000 });
    await lab.connector.kill();
    await fault({});
    await replaceConnector();
    const before = await messagesSent();
    expect(await letters.send('before the crash', { key: 'k-known' })).toEqual(answered);
    expect(await messagesSent()).toBe(before);
    const repeated = await letters.send('was it sent?', { key: 'k-crash' });
    expect(repeated.key.id).toBe(received[1]!.id);
    expect(await letters.send('was it sent?', { key: 'k-crash' })).toEqual(repeated);
    expect(await messagesSent()).toBe(before + 1);
    expect(await letters.arrived()).toEqual([
      { id: answered.key.id, text: 'before the crash' },
      { id: repeated.key.id, text: 'was it sent?' }
    ]);
  }, 60_000);

  test('that its caller waited for too short is answered later with what became of it', async () => {
    await fault({ delayMs: 700 });
    const before = await messagesSent();
    await expect(letters.send('patience', { key: 'k-late', deadlineMs: 300 })).rejects.toMatchObject({ code: 'TIMEOUT' });
    const { key } = await letters.send('patience', { key: 'k-late' });
    await fault({});
    expect(await messagesSent()).toBe(before + 1);
    expect(await letters.arrived()).toEqual([{ id: key.id, text: 'patience' }]);
  });

  test('that cannot be carried out now is carried out when it can', async () => {
    await session.want('stopped');
    await session.awaitState('stopped');
    await expect(letters.send('later', { key: 'k-away' })).rejects.toMatchObject({ code: 'NO_OWNER' });
    await fault({ refuseLoginWith: 503 });
    await session.want('running');
    await session.awaitState('waiting');
    await expect(letters.send('later', { key: 'k-away' })).rejects.toMatchObject({ code: 'NOT_CONNECTED' });
    await fault({});
    await session.awaitState('open', 30_000);
    const { key } = await letters.send('later', { key: 'k-away' });
    expect(await letters.send('later', { key: 'k-away' })).toMatchObject({ key: { id: key.id } });
    expect(await letters.arrived()).toEqual([{ id: key.id, text: 'later' }]);
  }, 60_000);

  test.each(['two words', 'ä', 'x'.repeat(129)])('has a key that travels: %j is refused', async key => {
    await expect(letters.send('never', { key })).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    expect(await letters.arrived()).toEqual([]);
  });
});

test('200 messages to a group reach every member in order, phones and sessions alike, and no key record grows', async () => {
  const reader = await lab.linkSession();
  const phones = [letters.contact, await lab.simulator.control.createAccount({})];
  const members = [...phones, reader.account].map(({ phoneNumber }) => phoneNumber);
  const { groupJid } = await lab.simulator.control.createGroup({ subject: 'Many', owner: session.account.phoneNumber, members });
  const texts = Array.from({ length: 200 }, (_, i) => `number ${i}`);
  for (const text of texts) await session.command('sendMessage', { jid: groupJid, content: { text } });
  for (const { phoneNumber } of phones) {
    const received = await lab.simulator.control.received({ phoneNumber, atLeast: texts.length, waitMs: 20_000 });
    expect(received.map(({ text }) => text)).toEqual(texts);
  }
  const read = () => reader.events('messages.upsert').flatMap(({ body }) => /number \d+/.exec(body)?.[0] ?? []);
  expect(await awaitCondition(read, all => all.length >= texts.length, { waitMs: 20_000, what: 'the texts as events' })).toEqual(texts);
  for (const { id } of [session, reader]) {
    const records = await lab.broker.buckets.bucket(OWNERSHIP_BUCKET).list(`auth.${id}.sender-key.*`);
    expect(records.length).toBeGreaterThan(0);
    for (const { value } of records) expect(value.length).toBeLessThan(2_048);
  }
}, 90_000);

test('a contact that could not read a message gets it again from the next connector', async () => {
  const { contact } = letters;
  const { phoneNumber } = contact;
  await letters.send('first');
  await lab.simulator.control.received({ phoneNumber, atLeast: 1, waitMs: 10_000 });
  // An answer makes the session write without the key bundle, which would begin a new Signal session.
  await lab.simulator.control.sendMessage({ from: phoneNumber, to: session.account.phoneNumber, message: { conversation: 'answer' } });
  await session.awaitEvent('messages.upsert', body => body.includes(contact.pnJid) && body.includes('answer'));
  await lab.simulator.control.forgetSessions({ phoneNumber });
  // WhatsApp keeps the request of the contact until the session has confirmed it.
  await fault({ drop: 'receipt' });
  const { key } = await letters.send('unreadable at first');
  expect(await lab.simulator.control.received({ phoneNumber })).toHaveLength(1);
  await lab.connector.kill();
  await fault({});
  await replaceConnector({ WABUS_IDEMPOTENCY_TTL_MS: '2000' });
  const received = await lab.simulator.control.received({ phoneNumber, atLeast: 2, waitMs: 15_000 });
  expect(received.map(({ id, text }) => ({ id, text }))[1]).toEqual({ id: key.id, text: 'unreadable at first' });
}, 60_000);

// With the connector of the test before, which forgets soon.
test('an idempotency key is forgotten after its time', async () => {
  const first = await letters.send('again', { key: 'k-old' });
  const repeat = () => letters.send('again', { key: 'k-old' });
  expect((await repeat()).key.id).toBe(first.key.id);
  const second = await awaitCondition(repeat, reply => reply.key.id !== first.key.id, { what: 'a new message under an expired key' });
  expect((await letters.arrived()).map(({ id }) => id)).toEqual([first.key.id, second.key.id]);
}, 30_000);
