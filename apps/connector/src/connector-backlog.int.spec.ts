import { randomBytes } from 'node:crypto';
import { awaitCondition, type SimulatedAccount, type StanzaJson } from '@wabus/testing';
import { ConnectorFixture, type ConnectorSession } from './connector.fixture.js';

type Linked = ConnectorSession & { account: SimulatedAccount };

let fixture: ConnectorFixture;
let session: Linked;
let contact: SimulatedAccount;
beforeAll(async () => {
  fixture = await ConnectorFixture.start({ WABUS_BACKLOG_LIMIT_MS: '2000' });
  session = await fixture.linkSession();
  contact = await control().createAccount({});
  await write('before');
  await awaitTexts(['before']);
});
afterAll(() => fixture.stop());

const control = () => fixture.simulator.control;
const write = (text: string, more: { status?: boolean } = {}) =>
  control().sendMessage({ from: contact.phoneNumber, to: session.account.phoneNumber, message: { conversation: text }, ...more });
const deliver = (stanza: StanzaJson) => control().sendStanza({ phoneNumber: session.account.phoneNumber, stanza });

interface Arrived {
  key: { remoteJid: string };
  message?: { conversation?: string };
}
const messages = (): Arrived[] =>
  session.events('messages.upsert').flatMap(({ body }) => (JSON.parse(body) as { messages: Arrived[] }).messages);
const texts = (): string[] => messages().flatMap(({ message }) => message?.conversation ?? []);
const awaitTexts = (wanted: string[]) =>
  awaitCondition(texts, found => wanted.every(text => found.includes(text)), { what: `texts ${wanted.join(', ')}` });

/** Waits until WhatsApp has no undelivered stanzas. */
const allConfirmed = () =>
  awaitCondition(
    () => control().devices({ phoneNumber: session.account.phoneNumber }),
    ([device]) => device?.unconfirmed === 0,
    { what: 'an empty queue' }
  );

/** Builds a stanza that no key decrypts and that cannot be sent again. */
const unreadable = (tag: 'message' | 'status'): StanzaJson => {
  const post = tag === 'status';
  const jid = `${contact.phoneNumber}@s.whatsapp.net`;
  const id = randomBytes(9).toString('hex').toUpperCase();
  const author: Record<string, string> = post ? { from: 'status@broadcast', participant: jid } : { from: jid };
  const enc = { tag: 'enc', attrs: { v: '2', type: 'msg' }, content: { base64: randomBytes(80).toString('base64') } };
  return { tag, attrs: { id, type: 'text', t: String(Math.floor(Date.now() / 1000)), ...author }, content: [enc] };
};

/** Runs `happening` while the session is stopped, and waits until it is back. Returns the number of disconnects since. */
async function away(happening: () => Promise<unknown>): Promise<number> {
  await session.setDesired('stopped');
  await session.awaitState('stopped');
  await happening();
  const { counters } = (await session.status())!;
  await session.setDesired('running');
  await session.awaitState('open');
  await allConfirmed();
  return (await session.status())!.counters.reconnects - counters.reconnects;
}

test('a post and the message after it arrive, in order', async () => {
  const reconnects = await away(async () => {
    await write('a post', { status: true });
    await write('behind the post');
  });
  await awaitTexts(['a post', 'behind the post']);
  expect(texts().filter(text => text.includes('post'))).toEqual(['a post', 'behind the post']);
  expect(messages().find(({ message }) => message?.conversation === 'a post')?.key.remoteJid).toBe('status@broadcast');
  expect(reconnects).toBe(0);
});

test('a live post is acknowledged, in the old form too', async () => {
  await write('live post', { status: true });
  await allConfirmed();
  await control().setQueue({ statusStanza: 'message' });
  await write('old post', { status: true });
  await control().setQueue({ statusStanza: 'status' });
  await allConfirmed();
  await awaitTexts(['live post', 'old post']);
});

test('copies of own messages are confirmed, readable or not', async () => {
  const byNumber = await fixture.linkSession({ migrated: false });
  for (const { account } of [session, byNumber]) {
    const { phoneNumber, pnJid, lidJid } = account;
    const readable = `own to ${contact.phoneNumber} from ${phoneNumber}`;
    await control().sendMessage({ from: phoneNumber, to: contact.phoneNumber, message: { conversation: readable } });
    const chats = account === session.account ? [lidJid, contact.lidJid] : [pnJid, contact.pnJid];
    for (const recipient of [chats[1]!, '13135550002@bot']) {
      const attrs = { from: chats[0]!, recipient, id: `OWN${randomBytes(6).toString('hex')}`, type: 'text' };
      const enc = { tag: 'enc', attrs: { v: '2', type: 'msg' }, content: { base64: randomBytes(64).toString('base64') } };
      await control().sendStanza({ phoneNumber, stanza: { tag: 'message', attrs, content: [enc] } });
    }
    await awaitCondition(
      () => control().devices({ phoneNumber }),
      ([device]) => device?.unconfirmed === 0,
      { what: `an empty queue of ${phoneNumber}` }
    );
  }
});

test('an unreadable stanza blocks nothing after it', async () => {
  const good = Array.from({ length: 10 }, (_, i) => `good ${i}`);
  const reconnects = await away(async () => {
    await deliver(unreadable('status'));
    await deliver(unreadable('message'));
    for (const text of good) await write(text);
  });
  await awaitTexts(good);
  expect(texts().filter(text => text.startsWith('good'))).toEqual(good);
  expect(reconnects).toBe(0);
});

test('a backlog in batches is requested to its end', async () => {
  const many = Array.from({ length: 230 }, (_, i) => `many ${i}`);
  const reconnects = await away(async () => {
    for (const text of many) await write(text);
  });
  await awaitTexts(many);
  expect(texts().filter(text => text.startsWith('many'))).toEqual(many);
  expect(reconnects).toBe(0);
}, 30_000);

test('a message that was offline for no time is live', async () => {
  const { phoneNumber } = contact;
  const attrs = {
    from: `${phoneNumber}@s.whatsapp.net`,
    id: 'LIVE1',
    type: 'text',
    t: String(Math.floor(Date.now() / 1000)),
    offline: '0'
  };
  const enc = { tag: 'enc', attrs: { v: '2', type: 'msg' }, content: { base64: randomBytes(80).toString('base64') } };
  await deliver({ tag: 'message', attrs, content: [enc] });
  const { body } = await session.awaitEvent('messages.upsert', found => found.includes('LIVE1'));
  expect((JSON.parse(body) as { type: string }).type).toBe('notify');
});

test('pings of the service are answered', async () => {
  const { pings, pongs } = await control().stats({});
  await away(() => Promise.resolve());
  await awaitCondition(
    () => control().stats({}),
    stats => stats.pongs > pongs,
    { what: 'an answer to a ping' }
  );
  expect((await control().stats({})).pings).toBeGreaterThan(pings);
});

test('unknown stanzas are acknowledged, counted and named once', async () => {
  await away(async () => {
    for (const id of ['n1', 'n2']) await deliver({ tag: 'novelty', attrs: { id, from: 's.whatsapp.net', type: 'x' } });
    await write('behind the novelty');
  });
  await awaitTexts(['behind the novelty']);
  expect(await fixture.metric('wabus_connector_unknown_stanzas_total', 'tag="novelty"')).toBe(2);
  expect(fixture.connector.lines.filter(line => line.includes('stanzas of an unknown kind'))).toHaveLength(1);
});

test('the status contains the time of the last message', async () => {
  const from = Date.now();
  await write('for the clock');
  await awaitTexts(['for the clock']);
  // Changes of counters alone are written seconds later.
  await session.setDesired('stopped');
  const { lastMessageAt } = await session.awaitState('stopped');
  expect(Date.parse(lastMessageAt!)).toBeGreaterThanOrEqual(from);
  await session.setDesired('running');
  await session.awaitState('open');
});

test('a backlog that does not end causes one reconnect', async () => {
  const { phoneNumber } = session.account;
  await allConfirmed();
  const before = await control().logins({ phoneNumber });
  await session.setDesired('stopped');
  await session.awaitState('stopped');
  // Neither the announcement nor the end of the backlog arrives.
  await control().setFaults({ phoneNumber, faults: { drop: 'ib' } });
  await session.setDesired('running');
  await session.awaitStatus(({ lastDisconnect }) => lastDisconnect?.reason === 'backlog-stalled');
  await awaitCondition(
    () => fixture.connector.lines,
    lines => lines.some(line => line.includes('"again":true')),
    { what: 'a second backlog that does not end' }
  );
  expect(await control().logins({ phoneNumber })).toHaveLength(before.length + 2);
  await control().setFaults({ phoneNumber, faults: {} });
});
