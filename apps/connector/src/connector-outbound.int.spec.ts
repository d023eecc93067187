import { OWNERSHIP_BUCKET, type MessageProgress, type SentMessage } from '@wabus/contracts';
import { awaitCondition, type SimulatedAccount } from '@wabus/testing';
import { ConnectorFixture, type ConnectorSession } from './connector.fixture.js';

/** The messages of a session to one contact. */
class Correspondence {
  constructor(
    private readonly session: ConnectorSession,
    readonly contact: SimulatedAccount
  ) {}

  async send(text: string, { key, deadlineMs }: { key?: string; deadlineMs?: number } = {}): Promise<SentMessage> {
    return (await this.session.command('sendMessage', { jid: this.contact.pnJid, content: { text } }, deadlineMs, key)) as SentMessage;
  }

  /** Returns what has arrived by the time one more, final message arrives. */
  async arrived(): Promise<{ id: string; text: string | null }[]> {
    const { key } = await this.send('the end');
    const received = await awaitCondition(
      () => fixture.simulator.control.received({ phoneNumber: this.contact.phoneNumber }),
      all => all.some(({ id }) => id === key.id),
      { what: 'the last message at the contact' }
    );
    return received.filter(({ id }) => id !== key.id).map(({ id, text }) => ({ id, text }));
  }
}

let fixture: ConnectorFixture;
let session: ConnectorSession & { account: SimulatedAccount };
let letters: Correspondence;

beforeAll(async () => {
  fixture = await ConnectorFixture.start();
  session = await fixture.linkSession();
}, 60_000);
afterAll(() => fixture.stop());
beforeEach(async () => {
  letters = new Correspondence(session, await fixture.simulator.control.createAccount({}));
});

const fault = (faults: object) => fixture.simulator.control.setFaults({ phoneNumber: session.account.phoneNumber, faults });
const messagesSent = async () => (await fixture.simulator.control.stats({})).messagesFromDevices;

const progressOf = (id: string) =>
  session
    .events('message.progress')
    .map(({ body }) => JSON.parse(body) as MessageProgress)
    .filter(progress => progress.id === id);
const stages = (id: string) => progressOf(id).map(({ stage }) => stage);
const reaches = (id: string, stage: MessageProgress['stage']) =>
  awaitCondition(
    () => stages(id),
    all => all.includes(stage),
    { what: `${stage} of ${id}` }
  );
const confirm = (type: 'delivered' | 'read' | 'played', ids: string[], { from = letters.contact.phoneNumber, groupJid = '' } = {}) =>
  fixture.simulator.control.sendReceipt({ from, to: session.account.phoneNumber, ids, type, ...(groupJid ? { groupJid } : {}) });

async function replaceConnector(env: Record<string, string> = {}): Promise<void> {
  await fixture.connector.kill();
  await fixture.startConnector(env);
  await fixture.simulator.control.awaitDevice({ phoneNumber: session.account.phoneNumber, online: true, waitMs: 30_000 });
  await session.awaitState('open', 30_000);
}

describe('a command with an idempotency key', () => {
  test('runs once however often it is sent, and gets the same reply', async () => {
    const before = await messagesSent();
    const replies = await Promise.all([1, 2, 3].map(() => letters.send('once', { key: 'k-once' })));
    replies.push(await letters.send('once', { key: 'k-once' }));
    expect(new Set(replies.map(reply => JSON.stringify(reply))).size).toBe(1);
    expect(await messagesSent()).toBe(before + 1);
    expect(await letters.arrived()).toEqual([{ id: replies[0]!.key.id, text: 'once' }]);
  });

  test('is refused for another request; another key runs again', async () => {
    await letters.send('one', { key: 'k-reused' });
    await expect(letters.send('two', { key: 'k-reused' })).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
    await letters.send('two', { key: 'k-other' });
    expect((await letters.arrived()).map(({ text }) => text)).toEqual(['one', 'two']);
  });

  test('gets the same answer from the next connector, is sent once', async () => {
    const answered = await letters.send('before the crash', { key: 'k-known' });
    await fault({ drop: 'ack' });
    await expect(letters.send('was it sent?', { key: 'k-crash', deadlineMs: 1_500 })).rejects.toMatchObject({ code: 'TIMEOUT' });
    const { phoneNumber } = letters.contact;
    const received = await fixture.simulator.control.received({ phoneNumber, atLeast: 2, waitMs: 10_000 });
    await fixture.connector.kill();
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
    // Its receipts have the correlation id that the first connector received.
    const ids = [answered.key.id!, repeated.key.id!];
    await confirm('read', ids);
    for (const id of ids) {
      await reaches(id, 'read');
      expect(new Set(stages(id)).size).toBe(stages(id).length);
    }
    expect(stages(ids[0]!)).toEqual(['accepted', 'server-ack', 'delivered', 'read']);
    expect(ids.map(id => [...new Set(progressOf(id).map(({ correlation }) => correlation))])).toEqual([['k-known'], ['k-crash']]);
  }, 60_000);

  test('reports its outcome later if it outlasted its caller', async () => {
    await fault({ delayMs: 700 });
    const before = await messagesSent();
    await expect(letters.send('patience', { key: 'k-late', deadlineMs: 300 })).rejects.toMatchObject({ code: 'TIMEOUT' });
    const { key } = await letters.send('patience', { key: 'k-late' });
    await fault({});
    expect(await messagesSent()).toBe(before + 1);
    expect(await letters.arrived()).toEqual([{ id: key.id, text: 'patience' }]);
  });

  test('that cannot run now runs when it can', async () => {
    await session.setDesired('stopped');
    await session.awaitState('stopped');
    await expect(letters.send('later', { key: 'k-away' })).rejects.toMatchObject({ code: 'NO_OWNER' });
    await fault({ refuseLoginWith: 503 });
    await session.setDesired('running');
    await session.awaitState('waiting');
    await expect(letters.send('later', { key: 'k-away' })).rejects.toMatchObject({ code: 'NOT_CONNECTED' });
    await fault({});
    await session.awaitState('open', 30_000);
    const { key } = await letters.send('later', { key: 'k-away' });
    expect(await letters.send('later', { key: 'k-away' })).toMatchObject({ key: { id: key.id } });
    expect(await letters.arrived()).toEqual([{ id: key.id, text: 'later' }]);
  }, 60_000);

  test.each(['two words', 'ä', 'x'.repeat(129)])('is refused if its key cannot be transmitted: %j', async key => {
    await expect(letters.send('never', { key })).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    expect(await letters.arrived()).toEqual([]);
  });
});

describe('the life of a message that a command sends', () => {
  const sendWith = async (options: object, key?: string, jid = letters.contact.pnJid) => {
    const sent = await session.command('sendMessage', { jid, content: { text: 'hello' }, options }, undefined, key);
    return (sent as SentMessage).key.id!;
  };

  test('emits one event per stage, in order, with its correlation id', async () => {
    const ids = [await sendWith({ correlation: 'order 4711' }, 'k-life'), await sendWith({}, 'k-life-2'), await sendWith({})];
    for (const id of ids) {
      await reaches(id, 'delivered');
      await confirm('read', [id]);
      // Baileys combines simultaneous receipts into one event, which reports the last of them.
      await reaches(id, 'read');
      await confirm('played', [id]);
      await reaches(id, 'played');
    }
    const [first, second, third] = ids.map(progressOf);
    expect(ids.map(stages)).toEqual(ids.map(() => ['accepted', 'server-ack', 'delivered', 'read', 'played']));
    expect(new Set(first!.map(({ correlation }) => correlation))).toEqual(new Set(['order 4711']));
    expect(new Set(second!.map(({ correlation }) => correlation))).toEqual(new Set(['k-life-2']));
    expect(new Set(third!.map(({ correlation }) => correlation))).toEqual(new Set([ids[2]]));
    expect(new Set(first!.map(({ chat }) => chat))).toEqual(new Set([letters.contact.pnJid]));
    const times = first!.map(({ at }) => Date.parse(at));
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  test('emits each stage once and never an earlier one', async () => {
    const id = await sendWith({});
    // Baileys reports the last of simultaneous receipts.
    await reaches(id, 'delivered');
    await confirm('read', [id]);
    await reaches(id, 'read');
    await confirm('delivered', [id]);
    await confirm('read', [id]);
    // A later message has arrived, so the earlier ones have too.
    const last = await sendWith({});
    await reaches(last, 'delivered');
    await confirm('read', [last]);
    await reaches(last, 'read');
    const seen = stages(id);
    expect(seen.at(-1)).toBe('read');
    expect(new Set(seen).size).toBe(seen.length);
  });

  test('in a group reports the first member that received it', async () => {
    const other = await fixture.simulator.control.createAccount({});
    const members = [letters.contact, other].map(({ phoneNumber }) => phoneNumber);
    const { groupJid } = await fixture.simulator.control.createGroup({ subject: 'Life', owner: session.account.phoneNumber, members });
    const id = await sendWith({ correlation: 'to all' }, undefined, groupJid);
    await reaches(id, 'delivered');
    await confirm('read', [id], { from: other.phoneNumber, groupJid });
    await reaches(id, 'read');
    await confirm('read', [id], { from: letters.contact.phoneNumber, groupJid });
    await session.awaitEvent('message-receipt.update', body => body.includes(id) && body.includes(letters.contact.lidJid.split('@')[0]!));
    expect(stages(id)).toEqual(['accepted', 'server-ack', 'delivered', 'read']);
    expect(progressOf(id).at(-1)).toMatchObject({
      chat: groupJid,
      correlation: 'to all',
      participant: expect.stringMatching(/@/) as string
    });
    const names = [other.pnJid, other.lidJid];
    expect(names).toContain(progressOf(id).at(-1)!.participant);
  });

  test('that WhatsApp refuses ends with its error', async () => {
    await fault({ drop: 'ack' });
    const messageId = '3EB0REFUSED0BY0WHATSAPP';
    // Awaited immediately: the refusal may arrive before the simulator's response.
    const refused = expect(sendWith({ messageId })).rejects.toMatchObject({ code: 'REFUSED_BY_WHATSAPP', details: { statusCode: 463 } });
    await fixture.simulator.control.received({ phoneNumber: letters.contact.phoneNumber, atLeast: 1, waitMs: 10_000 });
    const attrs = { class: 'message', id: messageId, from: letters.contact.pnJid, error: '463' };
    await fault({});
    await fixture.simulator.control.sendStanza({ phoneNumber: session.account.phoneNumber, stanza: { tag: 'ack', attrs }, volatile: true });
    await refused;
    await reaches(messageId, 'failed');
    expect(progressOf(messageId).find(({ stage }) => stage === 'failed')).toMatchObject({
      error: { code: 'REFUSED_BY_WHATSAPP', details: { statusCode: 463 }, certain: true }
    });
  });

  test('that was not sent when the connection ends is never sent', async () => {
    const accepted = () => session.events('message.progress').length;
    const [begun, sent] = [accepted(), await messagesSent()];
    await fault({ unanswered: ['encrypt'] });
    const refused = letters.send('too late').catch((error: unknown) => error);
    await awaitCondition(accepted, count => count > begun, { what: 'an accepted message' });
    const { phoneNumber } = session.account;
    await fixture.simulator.control.disconnect({ phoneNumber, how: 'reset' });
    expect(await refused).toMatchObject({ code: 'NOT_CONNECTED', certain: true, retryable: true });
    await fault({});
    await session.awaitState('open', 30_000);
    expect(await letters.arrived()).toEqual([]);
    expect(await messagesSent()).toBe(sent + 1);
  });

  test('fails uncertainly without confirmation in time', async () => {
    await sendWith({});
    await fault({ drop: 1 });
    const messageId = '3EB0NOT0CONFIRMED';
    const request = { jid: letters.contact.pnJid, content: { text: '?' }, options: { messageId } };
    await expect(session.command('sendMessage', request, 1_000)).rejects.toMatchObject({ code: 'TIMEOUT' });
    await reaches(messageId, 'failed');
    expect(progressOf(messageId).at(-1)).toMatchObject({ error: { code: 'TIMEOUT', certain: false } });
    await fault({});
    await confirm('read', [messageId]);
    await reaches(messageId, 'read');
    expect(new Set(stages(messageId)).size).toBe(stages(messageId).length);
  });

  test("is absent for other commands and the phone's messages", async () => {
    const messageId = '3EB0NEVER0SENT';
    await expect(sendWith({ messageId, quoted: { key: {}, message: { conversation: 5 } } })).rejects.toMatchObject({
      code: 'INVALID_ARGUMENTS'
    });
    await confirm('read', ['ABCDEF0123456789']);
    const last = await sendWith({});
    await reaches(last, 'delivered');
    await confirm('read', [last]);
    await reaches(last, 'read');
    expect([...stages(messageId), ...stages('ABCDEF0123456789')]).toEqual([]);
  });
});

test('200 messages to a group reach every member in order', async () => {
  const reader = await fixture.linkSession();
  const phones = [letters.contact, await fixture.simulator.control.createAccount({})];
  const members = [...phones, reader.account].map(({ phoneNumber }) => phoneNumber);
  const { groupJid } = await fixture.simulator.control.createGroup({ subject: 'Many', owner: session.account.phoneNumber, members });
  const texts = Array.from({ length: 200 }, (_, i) => `number ${i}`);
  for (const text of texts) await session.command('sendMessage', { jid: groupJid, content: { text } });
  for (const { phoneNumber } of phones) {
    const received = await fixture.simulator.control.received({ phoneNumber, atLeast: texts.length, waitMs: 20_000 });
    expect(received.map(({ text }) => text)).toEqual(texts);
  }
  const read = () => reader.events('messages.upsert').flatMap(({ body }) => /number \d+/.exec(body)?.[0] ?? []);
  expect(await awaitCondition(read, all => all.length >= texts.length, { waitMs: 20_000, what: 'the texts as events' })).toEqual(texts);
  await fixture.connector.stop();
  for (const { id } of [session, reader]) {
    await fixture.foldRecords(id);
    const records = await fixture.broker.buckets.bucket(OWNERSHIP_BUCKET).list(`auth.${id}.sender-key.*`);
    expect(records.length).toBeGreaterThan(0);
    for (const { value } of records) expect(value.length).toBeLessThan(2_048);
  }
  await fixture.startConnector();
  await session.awaitState('open');
}, 90_000);

test('the next connector resends what a contact could not read', async () => {
  const { contact } = letters;
  const { phoneNumber } = contact;
  await letters.send('first');
  await fixture.simulator.control.received({ phoneNumber, atLeast: 1, waitMs: 10_000 });
  // After a reply, the session sends without the key bundle, which would start a new Signal session.
  await fixture.simulator.control.sendMessage({ from: phoneNumber, to: session.account.phoneNumber, message: { conversation: 'answer' } });
  await session.awaitEvent('messages.upsert', body => body.includes(contact.pnJid) && body.includes('answer'));
  await fixture.simulator.control.forgetSessions({ phoneNumber });
  // WhatsApp keeps the contact's request until the session has confirmed it.
  await fault({ drop: 'receipt' });
  const { key } = await letters.send('unreadable at first');
  expect(await fixture.simulator.control.received({ phoneNumber })).toHaveLength(1);
  await fixture.connector.kill();
  await fault({});
  await replaceConnector({ WABUS_IDEMPOTENCY_TTL_MS: '2000' });
  const received = await fixture.simulator.control.received({ phoneNumber, atLeast: 2, waitMs: 15_000 });
  expect(received.map(({ id, text }) => ({ id, text }))[1]).toEqual({ id: key.id, text: 'unreadable at first' });
}, 60_000);

// Uses the connector of the previous test, whose idempotency keys expire soon.
test('an idempotency key is forgotten after its time', async () => {
  const first = await letters.send('again', { key: 'k-old' });
  const repeat = () => letters.send('again', { key: 'k-old' });
  expect((await repeat()).key.id).toBe(first.key.id);
  const second = await awaitCondition(repeat, reply => reply.key.id !== first.key.id, { what: 'a new message under an expired key' });
  expect((await letters.arrived()).map(({ id }) => id)).toEqual([first.key.id, second.key.id]);
}, 30_000);
