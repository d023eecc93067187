import type { SentMessage } from '@wabus/contracts';
import { awaitCondition, SERVICE_STANZAS, type SimulatedAccount, type StanzaCast, type StanzaRow } from '@wabus/testing';
import { ConnectorFixture, type ConnectorSession } from './connector.fixture.js';

/** Events that may occur independently of the stanza. */
const BESIDES = new Set(['creds.update', 'connection.update', 'session.status']);

let fixture: ConnectorFixture;
let session: ConnectorSession & { account: SimulatedAccount };
let contact: SimulatedAccount;
let group: string;
let markers = 0;

beforeAll(async () => {
  fixture = await ConnectorFixture.start({ WABUS_LOG_LEVEL: 'warn' });
  session = await fixture.linkSession();
  contact = await control().createAccount({ name: 'Contact' });
  const members = [contact.phoneNumber];
  // The phone sends a new device its keys, history and settings.
  for (let last = -1; last !== session.events().length;) {
    last = session.events().length + 1;
    await settled();
  }
  group = (await control().createGroup({ subject: 'Team', owner: session.account.phoneNumber, members })).groupJid;
}, 60_000);
afterAll(() => fixture.stop());

const control = () => fixture.simulator.control;
const jids = ({ pnJid: pn, lidJid: lid }: SimulatedAccount) => ({ pn, lid });

/** Waits until everything before is acknowledged and its results are in the log: events of a session keep their order. */
async function settled(): Promise<void> {
  const { phoneNumber } = session.account;
  await awaitCondition(
    () => control().devices({ phoneNumber }),
    ([device]) => device?.unconfirmed === 0,
    { what: 'acknowledgements' }
  );
  const id = `marker-${++markers}`;
  await control().sendStanza({ phoneNumber, stanza: { tag: 'notification', attrs: { id, type: 'marker', from: 's.whatsapp.net' } } });
  await session.awaitEvent('whatsapp.notification', body => body.includes(`"${id}"`));
}

const rows = SERVICE_STANZAS.map((row, index): [what: string, row: StanzaRow, index: number] => [row.what, row, index]);

test.each(rows)('%s', async (_what, { stanza, events, none, volatile }, row) => {
  const cast: StanzaCast = { me: jids(session.account), contact: jids(contact), group, row };
  // The absence of events is checked between two markers; expected events are awaited.
  if (none !== undefined) await settled();
  const before = session.events().length;
  await control().sendStanza({ phoneNumber: session.account.phoneNumber, stanza: stanza(cast), volatile });
  if (none !== undefined) await settled();
  const came = () =>
    session
      .events()
      .slice(before)
      .map(({ facts: { event }, body }) => ({ event, payload: JSON.parse(body) as { kind?: string } }))
      .filter(({ payload }) => payload.kind !== 'marker');
  if (none !== undefined) {
    expect(came().filter(({ event }) => !BESIDES.has(event))).toEqual([]);
    return;
  }
  for (const [event, payload] of events!(cast)) {
    const matching = () => came().filter(each => each.event === event);
    const found = await awaitCondition(matching, all => all.some(each => matches(each.payload, payload)), { what: event }).catch(matching);
    expect(found.map(each => each.payload)).toContainEqual(containing(payload));
  }
});

test('each notification is acknowledged once', async () => {
  await settled();
  // The last event may arrive before its acknowledgement has been sent.
  const counted = () => control().acknowledgements({ phoneNumber: session.account.phoneNumber });
  const found = await awaitCondition(counted, ({ missing }) => missing.length === 0).catch(counted);
  expect(found).toMatchObject({ missing: [], repeated: 0 });
});

test('each row has its events or a reason', () => {
  expect(SERVICE_STANZAS.filter(({ events, none }) => (events === undefined) === (none === undefined)).map(({ what }) => what)).toEqual([]);
  expect(new Set(SERVICE_STANZAS.map(({ what }) => what)).size).toBe(SERVICE_STANZAS.length);
});

test('an aggregated receipt brings a message to its next stage', async () => {
  const sent = (await session.command('sendMessage', { jid: group, content: { text: 'to all' } })) as SentMessage;
  const id = sent.key.id!;
  const user = { tag: 'user', attrs: { jid: contact.lidJid, t: String(Math.floor(Date.now() / 1_000)) } };
  const participants = { tag: 'participants', attrs: { key: id }, content: [user] };
  const stanza = { tag: 'receipt', attrs: { id, from: group, type: 'read' }, content: [participants] };
  await control().sendStanza({ phoneNumber: session.account.phoneNumber, stanza });
  const event = await session.awaitEvent('message.progress', body => body.includes(id) && body.includes('"read"'));
  expect(JSON.parse(event.body)).toMatchObject({ id, stage: 'read', participant: contact.lidJid });
});

test('a phone that requests twice gets keys, and reads it', async () => {
  const { phoneNumber, lidJid: jid } = await control().createAccount({});
  await control().forgetSessions({ phoneNumber, unreadable: 2 });
  await session.command('sendMessage', { jid, content: { text: 'at the third time' } });
  const read = await awaitCondition(
    () => control().received({ phoneNumber }),
    all => all.some(({ text }) => text === 'at the third time'),
    { what: 'the message at the phone' }
  );
  expect(read.filter(({ text }) => text === 'at the third time')).toHaveLength(1);
});

/** Matches a part of a payload; lists must have the same number of items. */
function containing(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(containing);
  if (typeof part !== 'object' || part === null) return part;
  return expect.objectContaining(Object.fromEntries(Object.entries(part).map(([name, value]) => [name, containing(value)])));
}

function matches(payload: unknown, part: unknown): boolean {
  try {
    expect(payload).toEqual(containing(part));
    return true;
  } catch {
    return false;
  }
}
