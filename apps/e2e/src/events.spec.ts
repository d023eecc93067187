import { EVENT_CATALOG, EVENT_NAMES, type EventName, type MessageProgress, type SentMessage } from '@wabus/contracts';
import type { EventClient, SimulatedAccount } from '@wabus/testing';
import { WabusFixture } from './wabus.fixture.js';

/** The table in the gateway's document. */
const DOCUMENTED: EventName[] = [
  'connection.update',
  'auth.qr',
  'auth.pairing-code',
  'creds.update',
  'messages.upsert',
  'messages.update',
  'messages.reaction',
  'messages.delete',
  'chats.upsert',
  'chats.update',
  'groups.upsert',
  'groups.update',
  'group-participants.update',
  'contacts.upsert',
  'contacts.update',
  'presence.update',
  'call'
];

/** Declared by the installed Baileys, but never emitted. */
const NEVER_EMITTED: EventName[] = ['blocklist.set'];

describe('every event reaches a subscriber of its own session', () => {
  let wabus: WabusFixture;
  let account: SimulatedAccount;
  let contact: SimulatedAccount;
  let groupJid: string;
  let events: EventClient;

  beforeAll(async () => {
    wabus = await WabusFixture.start();
    events = await wabus.edge.connectEvents();
    await events.subscribe([...EVENT_NAMES]);
    account = await wabus.pair('all');
    // Baileys merges events during a history sync into its event, so the sync after linking must be over.
    await events.awaitEvent('messaging-history.status');
    contact = await wabus.control.createAccount({ name: 'Contact' });
    ({ groupJid } = await wabus.control.createGroup({ subject: 'Team', owner: contact.phoneNumber, members: [account.phoneNumber] }));
  }, 90_000);
  afterAll(() => wabus?.stop(), 60_000);

  const provoked = async (event: EventName): Promise<unknown> => {
    events.forget();
    // A mapping is reported only once, whatever contains it first, so this event needs a new contact.
    const by = event === 'lid-mapping.update' ? await wabus.control.createAccount({}) : contact;
    await wabus.control.provoke({ event, phoneNumber: account.phoneNumber, contact: by.phoneNumber, groupJid });
    const arrived = await events.awaitEvent(event, () => true, 15_000);
    expect(arrived.args).toHaveLength(1);
    return arrived.payload;
  };

  const emitted = EVENT_NAMES.filter(name => EVENT_CATALOG[name].origin === 'baileys' && !NEVER_EMITTED.includes(name));
  const isHistory = (name: EventName): boolean => name.startsWith('messaging-history');
  const possible = [...emitted.filter(name => !isHistory(name)), ...emitted.filter(isHistory)];

  test.each(possible)(
    '%s',
    async event => {
      expect(await provoked(event)).toBeDefined();
    },
    30_000
  );

  test.each(NEVER_EMITTED)('%s is declared by Baileys but is never emitted', async event => {
    const stimulus = (await wabus.control.stimuli({})).find(row => row.event === event);
    expect(stimulus).toMatchObject({ possible: false, does: expect.stringMatching(/.{10,}/) as string });
  });

  test('auth.qr and session.status while a session is linked', async () => {
    events.forget();
    const other = await wabus.pair('second');
    const qr = await events.awaitEvent<{ qr: string; ttlMs: number; attempt: number }>('auth.qr');
    expect(qr.payload).toMatchObject({ attempt: 1, ttlMs: expect.any(Number) as number });
    const open = await events.awaitEvent<{ session: string; state: string }>(
      'session.status',
      ({ session, state }) => session === 'second' && state === 'open'
    );
    expect(JSON.stringify(open.payload)).toContain(other.phoneNumber);
    expect(
      events.arrived.filter(({ name }) => name === 'session.status').map(({ payload }) => (payload as { state: string }).state)
    ).toContain('pairing');
  }, 40_000);

  test('auth.pairing-code when a code is requested', async () => {
    await wabus.edge.post('/api/sessions', { session: 'third' });
    await wabus.awaitState('third', 'pairing');
    const phone = await wabus.control.createAccount({});
    const answer = await wabus.edge.post<{ code: string }>('/api/sessions/third/pairing-code', { phoneNumber: phone.phoneNumber });
    const arrived = await events.awaitEvent<{ code: string }>('auth.pairing-code');
    expect(arrived.payload.code).toBe(answer.body.code);
  }, 40_000);

  test("message.progress has each API's correlation id", async () => {
    events.forget();
    const args = (correlation?: string) => ({
      jid: contact.pnJid,
      content: { text: 'hello' },
      ...(correlation ? { options: { correlation } } : {})
    });
    const byHttp = await wabus.edge.post<SentMessage>('/api/sessions/all/messages', args('by http'));
    const byKey = await wabus.edge.post<SentMessage>('/api/sessions/all/messages', args(), { 'idempotency-key': 'by-key' });
    const outcome = await events.command({ session: 'all', method: 'sendMessage', args: args('by socket') });
    const bySocket = (outcome as { data: SentMessage }).data;
    const ids = { 'by http': byHttp.body.key.id, 'by-key': byKey.body.key.id, 'by socket': bySocket.key.id };
    for (const [correlation, id] of Object.entries(ids)) {
      const delivered = await events.awaitEvent<MessageProgress>(
        'message.progress',
        progress => progress.correlation === correlation && progress.stage === 'delivered'
      );
      expect(delivered.payload).toMatchObject({ id, chat: contact.pnJid });
    }
  }, 30_000);

  test('the 17 documented events are among those tested here', () => {
    const tested = new Set<EventName>([...possible, 'auth.qr', 'session.status', 'auth.pairing-code']);
    expect(DOCUMENTED).toHaveLength(17);
    expect(DOCUMENTED.filter(name => !tested.has(name))).toEqual([]);
  });

  test('no event contains key material', async () => {
    const payload = (await provoked('creds.update')) as { changed: string[] };
    expect(Object.keys(payload)).toEqual(['changed']);
    const text = JSON.stringify(events.arrived);
    for (const secret of ['appStateSyncKeyShare', 'axolotlSenderKeyDistributionMessage', 'advSecretKey', 'signedIdentityKey']) {
      expect(text.includes(`"${secret}":{`)).toBe(false);
    }
  }, 30_000);

  test('a message in a group arrives decrypted, with its author', async () => {
    events.forget();
    const { id } = await wabus.control.sendGroupMessage({ from: contact.phoneNumber, groupJid, message: { conversation: 'to all' } });
    const arrived = await events.awaitEvent<{ messages: { key: { id: string } }[] }>(
      'messages.upsert',
      ({ messages }) => messages[0]?.key.id === id
    );
    expect(arrived.payload).toMatchObject({ messages: [{ key: { remoteJid: groupJid }, message: { conversation: 'to all' } }] });
  }, 30_000);
});
