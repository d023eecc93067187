import { awaitCondition, type SimulatedAccount } from '@wabus/testing';
import { ConnectorFixture, type ConnectorSession } from './connector.fixture.js';

type Linked = ConnectorSession & { account: SimulatedAccount };

const HOUR_MS = 3_600_000;
const KIND = 'RESTRICT_ALL_COMPANIONS';
const FAST_TAKEOVER = { WABUS_OWNERSHIP_TIMING: 'single-server' };
const NOBODY = '15559990001';

let fixture: ConnectorFixture;
let session: Linked;
beforeAll(async () => {
  fixture = await ConnectorFixture.start({ ...FAST_TAKEOVER, WABUS_NEW_CHATS_PER_DAY: '1000' });
  await control().setReachTerms({ salts: 'all' });
  session = await fixture.linkSession();
});
afterAll(() => fixture.stop());

const control = () => fixture.simulator.control;
const someone = (phoneNumber?: string) => control().createAccount({ phoneNumber });
const send = (to: string, from: ConnectorSession = session) => from.command('sendMessage', { jid: to, content: { text: 'hello' } });
const report = ({ account: { phoneNumber } } = session) => control().reach({ phoneNumber });
const lockFor = (forMs: number | null, more: { announce?: boolean } = {}) =>
  control().setReach({ phoneNumber: session.account.phoneNumber, lock: forMs === null ? null : { kind: KIND, forMs }, ...more });

/** Creates a contact that has written to the session. */
async function acquaintance(of: Linked = session): Promise<SimulatedAccount> {
  const contact = await someone();
  await write(contact, of);
  return contact;
}

async function write({ phoneNumber, pnJid, lidJid }: SimulatedAccount, to: Linked): Promise<void> {
  await control().sendMessage({ from: phoneNumber, to: to.account.phoneNumber, message: { conversation: `from ${phoneNumber}` } });
  await to.awaitEvent('messages.upsert', body => body.includes(`from ${phoneNumber}`) && (body.includes(pnJid) || body.includes(lidJid)));
}

describe('tokens', () => {
  test('the salt of the first history opens strangers', async () => {
    const stranger = await someone();
    await send(stranger.pnJid);
    await send(stranger.lidJid);
    const { tokens, refused } = await report();
    expect({ refused, ...tokens['message'] }).toEqual({ refused: 0, with: 2, without: 0 });
  });

  test('a salt that arrives later, and is removed, is applied', async () => {
    const account = await someone();
    await control().setReach({ phoneNumber: account.phoneNumber, salt: false, announce: false });
    const late = Object.assign(await fixture.createSession(), { account });
    await late.scan(account);
    await late.awaitState('open');
    await control().awaitDevice({ phoneNumber: account.phoneNumber, online: true });
    const changes = () => late.events('creds.update').filter(({ body }) => body.includes('nctSalt')).length;
    const change = (count: number) => awaitCondition(changes, seen => seen >= count, { what: 'a change of the salt' });
    await control().setReach({ phoneNumber: account.phoneNumber, salt: true });
    await change(1);
    await send((await someone()).pnJid, late);
    expect((await report(late)).tokens['message']).toEqual({ with: 1, without: 0 });
    await control().setReach({ phoneNumber: account.phoneNumber, salt: false });
    await change(2);
    await send((await someone()).pnJid, late);
    expect(await report(late)).toMatchObject({ refused: 0, tokens: { message: { with: 1, without: 1 } } });
  });

  test('are sent with presence, pictures, about texts and groups', async () => {
    const contact = await acquaintance();
    await session.command('presenceSubscribe', { toJid: contact.pnJid });
    await session.command('profilePictureUrl', { jid: contact.pnJid }).catch(() => undefined);
    await session.command('fetchStatus', { jids: [contact.pnJid] });
    const created = (await session.command('groupCreate', { subject: 'We', participants: [contact.pnJid] })) as { id: string };
    const other = await acquaintance();
    await session.command('groupParticipantsUpdate', { jid: created.id, participants: [other.pnJid], action: 'add' });
    const { tokens } = await report();
    expect(tokens).toMatchObject({
      presence: { with: 1, without: 0 },
      picture: { with: 1, without: 0 },
      about: { with: 1, without: 0 },
      group: { with: 2, without: 0 }
    });
  });
});

describe('a number without an account', () => {
  test('is refused before anything is sent', async () => {
    const before = (await report()).toNobody;
    for (const jid of [`${NOBODY}@s.whatsapp.net`, '99999999999999@lid'])
      await expect(send(jid)).rejects.toMatchObject({ code: 'NOT_ON_WHATSAPP', retryable: false, details: { jid, canonicalJid: null } });
    expect((await report()).toNobody).toBe(before);
    expect(await fixture.metric('wabus_connector_sends_refused_total', 'reason="not-on-whatsapp"')).toBe(2);
  });

  test.each([
    ['551187654321', '5511987654321'],
    ['5215512345678', '525512345678'],
    ['525587654321', '5215587654321'],
    ['5491123456789', '541123456789'],
    ['541187654321', '5491187654321']
  ])('but %s is reachable where %s is not', async (number, other) => {
    const contact = await someone(number);
    await expect(send(`${other}@s.whatsapp.net`)).rejects.toMatchObject({
      code: 'NOT_ON_WHATSAPP',
      details: { canonicalJid: contact.pnJid }
    });
    await send(contact.pnJid);
  });

  test('onWhatsApp answers for each number', async () => {
    const [contact, brazilian] = [await someone(), await someone('551198765432')];
    const asked = [`+${contact.phoneNumber}`, NOBODY, contact.lidJid, '99999999999999@lid', '5511998765432'];
    expect(await session.command('onWhatsApp', { phoneNumbers: asked })).toEqual([
      { asked: asked[0], jid: contact.pnJid, exists: true, lid: contact.lidJid },
      { asked: NOBODY, jid: `${NOBODY}@s.whatsapp.net`, exists: false, lid: null },
      { asked: contact.lidJid, jid: contact.lidJid, exists: true, lid: contact.lidJid },
      { asked: asked[3], jid: asked[3], exists: false, lid: null },
      { asked: asked[4], jid: brazilian.pnJid, exists: true, lid: brazilian.lidJid }
    ]);
    const before = (await control().stats()).iqs['usync/usync'];
    await session.command('onWhatsApp', { phoneNumbers: asked });
    expect((await control().stats()).iqs['usync/usync']).toBe(before);
  });
});

describe('a restriction', () => {
  afterEach(async () => {
    await lockFor(null);
    await session.awaitStatus(({ restriction }) => !restriction);
  });

  test('blocks strangers and permits known people', async () => {
    const [contact, stranger] = [await acquaintance(), await someone()];
    const { lock } = await lockFor(HOUR_MS);
    const { restriction } = await session.awaitStatus(({ restriction: found }) => Boolean(found));
    expect(restriction).toMatchObject({ kind: KIND });
    expect(Math.abs(Date.parse(restriction!.until!) - Date.parse(lock!.until))).toBeLessThan(1_000);
    await session.awaitEvent('session.status', body => body.includes(`"kind":"${KIND}"`));
    await session.awaitEvent('connection.update', body => body.includes(`"enforcementType":"${KIND}"`));
    const before = await report();
    await send(contact.pnJid);
    await expect(send(stranger.pnJid)).rejects.toMatchObject({
      code: 'ACCOUNT_RESTRICTED',
      retryable: false,
      details: { reason: 'restricted', kind: KIND, until: restriction!.until }
    });
    expect((await report()).refused).toBe(before.refused);
    expect(await fixture.metric('wabus_connector_restricted_sessions')).toBe(1);
  });

  test('is in the status after a login', async () => {
    await session.setDesired('stopped');
    await session.awaitState('stopped');
    await lockFor(HOUR_MS, { announce: false });
    await session.setDesired('running');
    await session.awaitStatus(({ restriction }) => restriction?.kind === KIND);
    await session.awaitState('open');
  });

  test('that a 463 reveals is queried and reported', async () => {
    const contact = await someone();
    // The first query after the login is valid for a minute.
    const before = await report();
    await lockFor(HOUR_MS, { announce: false });
    const refused = await send(contact.pnJid).then(
      () => null,
      (error: unknown) => error as { details: Record<string, unknown> }
    );
    expect(refused).toMatchObject({ code: 'REFUSED_BY_WHATSAPP', retryable: false, details: { statusCode: 463 } });
    expect((await report()).refused).toBe(before.refused + 1);
  });

  test('accepts old tokens for as long as the service does', async () => {
    const [old, tooOld] = [await someone(), await someone()];
    for (const [from, daysAgo] of [
      [old, 40],
      [tooOld, 200]
    ] as const)
      await control().issueToken({ from: from.phoneNumber, to: session.account.phoneNumber, daysAgo });
    await control().acknowledgements({ phoneNumber: session.account.phoneNumber, waitMs: 5_000 });
    await lockFor(HOUR_MS);
    await session.awaitStatus(({ restriction }) => Boolean(restriction));
    await send(old.pnJid);
    await expect(send(tooOld.pnJid)).rejects.toMatchObject({ code: 'ACCOUNT_RESTRICTED' });
  });
});

test('at the end of the quota no new chat is started', async () => {
  const { phoneNumber } = session.account;
  const contact = await acquaintance();
  await control().setReach({ phoneNumber, quota: { total: 10, used: 10 } });
  await session.awaitStatus(({ newChats }) => newChats?.state === 'CAPPED' && newChats.total === 10);
  await session.awaitEvent('message-capping.update', body => body.includes('"CAPPED"'));
  await expect(send((await someone()).pnJid)).rejects.toMatchObject({ code: 'ACCOUNT_RESTRICTED', details: { reason: 'new-chat-quota' } });
  await send(contact.pnJid);
  await control().setReach({ phoneNumber, quota: { total: 1_000, used: 0 } });
  await session.awaitStatus(({ newChats }) => newChats?.state === 'NONE');
});

test('people known from the history are not new chats', async () => {
  const [account, contact] = [await someone(), await someone()];
  await control().sendMessage({ from: contact.phoneNumber, to: account.phoneNumber, message: { conversation: 'long ago' } });
  const linked = await fixture.createSession();
  await linked.scan(account);
  await linked.awaitState('open');
  await linked.awaitEvent('messaging-history.set', body => body.includes('long ago'));
  const begun = () => fixture.metric('wabus_connector_new_chats_total');
  const before = await begun();
  await send(contact.pnJid, linked);
  expect(await begun()).toBe(before);
  await send((await someone()).pnJid, linked);
  expect(await begun()).toBe(before + 1);
});

/** Returns the outcome of a message once the session has a connected owner: its error, or `null`. */
const outcome = (to: string) =>
  awaitCondition(
    () =>
      send(to).then(
        () => ({ error: null }),
        (error: unknown) => ({ error: error as { code: string } })
      ),
    ({ error }) => error?.code !== 'NO_OWNER' && error?.code !== 'NOT_CONNECTED' && error?.code !== 'TIMEOUT',
    { what: 'a session that sends', waitMs: 60_000 }
  );

test('the limit of new chats survives a crash of the connector', async () => {
  const [writer, addressee, stranger] = [await acquaintance(), await someone(), await someone()];
  await send(addressee.pnJid);
  await fixture.connector.kill();
  await fixture.startConnector({ ...FAST_TAKEOVER, WABUS_NEW_CHATS_PER_DAY: '1' });
  const refused = { error: { code: 'RATE_LIMITED', retryable: true, details: { reason: 'new-chats', limit: 1 } } };
  expect(await outcome(stranger.pnJid)).toMatchObject(refused);
  for (const { pnJid, lidJid } of [writer, addressee])
    for (const jid of [pnJid, lidJid]) expect(await outcome(jid)).toEqual({ error: null });
  expect(await outcome(stranger.lidJid)).toMatchObject(refused);
}, 120_000);

test('a restriction is found by a query, and ignored on request', async () => {
  const { epoch } = (await session.status())!;
  await fixture.connector.kill();
  const env = { WABUS_NEW_CHATS_PER_DAY: '0', WABUS_RESTRICTION_CHECK_MS: '500', WABUS_SEND_WHILE_RESTRICTED: 'true' };
  await fixture.startConnector({ ...FAST_TAKEOVER, ...env });
  await session.awaitStatus(({ state, epoch: newer }) => state === 'open' && newer > epoch, 60_000);
  await lockFor(HOUR_MS, { announce: false });
  await session.awaitStatus(({ restriction }) => restriction?.kind === KIND);
  const before = await report();
  await expect(send((await someone()).pnJid)).rejects.toMatchObject({
    code: 'REFUSED_BY_WHATSAPP',
    details: { statusCode: 463, reason: 'restricted', kind: KIND }
  });
  expect((await report()).refused).toBe(before.refused + 1);
  await lockFor(null, { announce: false });
  await session.awaitStatus(({ restriction }) => !restriction);
}, 120_000);
