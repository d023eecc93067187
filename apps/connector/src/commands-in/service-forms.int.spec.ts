import type { WabusError } from '@wabus/contracts';
import { awaitCondition, type SimulatedAccount } from '@wabus/testing';
import { ConnectorFixture, type ConnectorSession } from '../connector.fixture.js';

let fixture: ConnectorFixture;
let session: ConnectorSession & { account: SimulatedAccount };
let known: SimulatedAccount;
let other: SimulatedAccount;
let hidden: SimulatedAccount;

const call = <T = unknown>(method: string, ...args: unknown[]) => session.command(method, args) as Promise<T>;
const failing = (method: string, ...args: unknown[]) =>
  call(method, ...args).then(
    () => null,
    (error: WabusError) => error
  );
const control = () => fixture.simulator.control;

/** Sends a message from the account's owner, so that the session learns the number behind a LID, or that it has none. */
async function receives(from: SimulatedAccount, text: string): Promise<void> {
  await control().sendMessage({ from: from.phoneNumber, to: session.account.phoneNumber, message: { conversation: text } });
  await session.awaitEvent('messages.upsert', body => body.includes(text));
}

beforeAll(async () => {
  fixture = await ConnectorFixture.start();
  session = await fixture.linkSession();
  known = await control().createAccount({ name: 'Known' });
  other = await control().createAccount({ name: 'Other' });
  hidden = await control().createAccount({ name: 'Hidden', hidesNumber: true, username: 'nobody.knows' });
  for (const contact of [known, other, hidden]) await receives(contact, `I am ${contact.name}`);
}, 60_000);
afterAll(() => fixture.stop());

describe('the about text', () => {
  const shown = async () => {
    const [answer] = await call<{ status: { status: string | null } }[]>('fetchStatus', session.account.pnJid);
    return answer?.status.status;
  };

  test('changes, and lasts a day by default', async () => {
    expect(await call('updateProfileStatus', 'At the harbour')).toEqual({ durationSeconds: 86_400 });
    expect(await shown()).toBe('At the harbour');
  });

  test('has the given emoji and expiry', async () => {
    const request = { status: 'At sea', duration: 3_600, emoji: '⛵' };
    expect(await session.command('updateProfileStatus', request)).toEqual({ durationSeconds: 3_600 });
    expect(await shown()).toBe('⛵ At sea');
    const [answer] = await call<{ status: object }[]>('fetchStatus', session.account.pnJid);
    expect(answer?.status).toMatchObject({ emoji: '⛵', expiresAt: expect.any(String) as string });
    const { setAt, expiresAt } = answer!.status as { setAt: string; expiresAt: string };
    expect(Date.parse(expiresAt) - Date.parse(setAt)).toBe(3_600_000);
  });

  test('is removed by an empty one', async () => {
    expect(await call('updateProfileStatus', '')).toEqual({ durationSeconds: null });
    expect(await shown()).toBeNull();
  });
});

describe('groups', () => {
  type Group = { id: string; memberAddMode: boolean; participants: { id: string; phoneNumber?: string }[] };
  const membersOf = async (jid: string) => (await call<Group>('groupMetadata', jid)).participants.map(({ id }) => id);

  test('are created with LIDs, and accept more of them', async () => {
    const group = await call<Group>('groupCreate', 'By LID', [known.lidJid, hidden.lidJid]);
    expect(group).toMatchObject({ memberAddMode: true });
    expect(group.participants).toContainEqual(expect.objectContaining({ id: known.lidJid, phoneNumber: known.pnJid }));
    expect(await call('groupParticipantsUpdate', group.id, [other.lidJid], 'add')).toMatchObject([{ status: '200' }]);
    expect(await membersOf(group.id)).toEqual([session.account.lidJid, known.lidJid, hidden.lidJid, other.lidJid]);
    for (const description of ['One', 'Two']) await call('groupUpdateDescription', group.id, description);
    expect(await call('groupMetadata', group.id)).toMatchObject({ desc: 'Two' });
  });

  test('of a community are created with LIDs', async () => {
    const { id: parent } = await call<Group>('communityCreate', 'Village', 'All of us');
    const group = await call<Group>('communityCreateGroup', 'Corner', [known.lidJid], parent);
    expect(await membersOf(group.id)).toContain(known.lidJid);
    expect(await call('communityParticipantsUpdate', parent, [other.lidJid], 'add')).toMatchObject([{ status: '200' }]);
  });

  test('name the LIDs whose number is unknown', async () => {
    const stranger = await control().createAccount({ name: 'Stranger' });
    const error = await failing('groupCreate', 'Strangers', [known.lidJid, stranger.lidJid]);
    expect(error).toMatchObject({ code: 'REFUSED_BY_WHATSAPP', details: { statusCode: 400, numberless: [stranger.lidJid] } });
  });

  test('report their suspension and addressing', async () => {
    const { phoneNumber } = session.account;
    const { id } = await call<Group>('groupCreate', 'Under watch', [known.pnJid]);
    const created = await session.awaitEvent('groups.upsert', body => body.includes(id));
    expect(JSON.parse(created.body)).toMatchObject([{ id, addressingMode: 'lid' }]);
    const attrs = { from: id, type: 'w:gp2', participant: known.lidJid };
    await control().sendStanza({ phoneNumber, stanza: { tag: 'notification', attrs, content: [{ tag: 'suspended', attrs: {} }] } });
    const { body } = await session.awaitEvent('groups.update', text => text.includes('suspended'));
    expect(JSON.parse(body)).toEqual([{ id, suspended: true }]);
  });
});

describe('the blocklist', () => {
  const blocked = () => call<string[]>('fetchBlocklist');

  test('accepts people without a number, by name or unknown', async () => {
    const nameless = await control().createAccount({ name: 'Nameless', hidesNumber: true });
    for (const { lidJid } of [hidden, nameless]) {
      await call('updateBlockStatus', lidJid, 'block');
      expect(await blocked()).toContain(lidJid);
      await call('updateBlockStatus', lidJid, 'unblock');
      expect(await blocked()).not.toContain(lidJid);
    }
  });

  test('accepts a number that never wrote, and a known LID', async () => {
    const stranger = await control().createAccount({ name: 'Stranger' });
    for (const [jid, lid] of [[stranger.pnJid, stranger.lidJid] as const, [known.lidJid, known.lidJid] as const]) {
      await call('updateBlockStatus', jid, 'block');
      expect(await blocked()).toContain(lid);
      await call('updateBlockStatus', jid, 'unblock');
    }
  });
});

describe('channels', () => {
  const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';
  let channel: string;
  const posts = async () => JSON.stringify(await call('newsletterFetchMessages', channel, 10, 0, 0));

  beforeAll(async () => {
    ({ id: channel } = await call<{ id: string }>('newsletterCreate', 'News', 'What is new'));
  });
  afterEach(() => control().setRefusedQueries({ queryIds: [] }));

  test('are described in either form that WhatsApp accepts', async () => {
    const olds = '6563316087068696';
    const news = '27456920720571478';
    for (const queryIds of [[news], [olds]]) {
      await control().setRefusedQueries({ queryIds });
      expect(await call('newsletterMetadata', 'jid', channel)).toMatchObject({ id: channel });
    }
    await control().setRefusedQueries({ queryIds: [olds, news] });
    expect(await failing('newsletterMetadata', 'jid', channel)).toMatchObject({ details: { statusCode: 400 } });
  });

  test('receive posts that name their kind', async () => {
    await call('sendMessage', channel, { text: 'Plain' });
    await call('sendMessage', channel, { image: { type: 'Buffer', data: PIXEL }, caption: 'A pixel' });
    const linkPreview = { 'canonical-url': 'https://example.com', 'matched-text': 'https://example.com', title: 'Example' };
    await call('sendMessage', channel, { text: 'See https://example.com', linkPreview });
    const picture = { type: 'Buffer', data: PIXEL };
    await call('sendMessage', channel, { text: 'And https://example.com', linkPreview: { ...linkPreview, picture } });
    const all = await posts();
    // The storage location of the large picture is in the last post.
    const bodies = [...all.matchAll(/"type":"Buffer","data":"([^"]+)"/g)].map(([, data]) =>
      Buffer.from(data!, 'base64').toString('latin1')
    );
    expect(bodies.filter(body => body.includes('And https://example.com') && body.includes('/media/'))).toHaveLength(1);
    for (const mediatype of ['image', 'url']) expect(all).toContain(`"mediatype":"${mediatype}"`);
  });

  test('accept reactions, and report refusals', async () => {
    await call('newsletterReactMessage', channel, '100', '👍');
    expect(await posts()).toContain('"code":"👍"');
    await call('newsletterReactMessage', channel, '100');
    expect(await posts()).not.toContain('"code":"👍"');
    expect(await failing('newsletterReactMessage', '1@newsletter', '100', '👍')).toMatchObject({ details: { statusCode: 404 } });
    expect(await failing('newsletterReactMessage', channel, '3EB0C0FFEE', '👍')).toMatchObject({ code: 'INVALID_ARGUMENTS' });
    const react = { text: '👍', key: { remoteJid: channel, id: '3EB0C0FFEE', fromMe: false } };
    expect(await failing('sendMessage', channel, { react })).toMatchObject({ code: 'INVALID_ARGUMENTS' });
  });
});

describe('a person without a number', () => {
  test('is identified only by LID and user name', async () => {
    await receives(hidden, 'I have no number');
    const { body, facts } = await session.awaitEvent('messages.upsert', text => text.includes('I have no number'));
    expect(JSON.parse(body)).toMatchObject({ messages: [{ key: { remoteJid: hidden.lidJid }, pushName: 'Hidden' }] });
    expect(body).not.toContain(hidden.pnJid);
    expect(JSON.stringify(facts)).not.toContain(hidden.pnJid);
  });

  test('receives messages by LID, and confirms them', async () => {
    const { key } = await call<{ key: { id: string } }>('sendMessage', hidden.lidJid, { text: 'Good to know' });
    const [received] = await control().received({ phoneNumber: hidden.phoneNumber, atLeast: 1, waitMs: 5_000 });
    expect(received).toMatchObject({ id: key.id, text: 'Good to know' });
    await session.awaitEvent('message.progress', body => body.includes(key.id) && body.includes('delivered'));
  });

  test('writes to groups, reads there and reacts', async () => {
    const { id } = await call<{ id: string }>('groupCreate', 'Mixed', [known.pnJid, hidden.lidJid]);
    const { key } = await call<{ key: { id: string } }>('sendMessage', id, { text: 'Who is there?' });
    const received = await awaitCondition(
      () => control().received({ phoneNumber: hidden.phoneNumber }),
      all => all.some(message => message.id === key.id),
      { what: 'the message of the group' }
    );
    expect(received.find(message => message.id === key.id)).toMatchObject({ text: 'Who is there?' });
    await control().sendGroupMessage({ from: hidden.phoneNumber, groupJid: id, message: { conversation: 'Nobody' } });
    const { body } = await session.awaitEvent('messages.upsert', text => text.includes('Nobody'));
    expect(JSON.parse(body)).toMatchObject({ messages: [{ key: { remoteJid: id, participant: hidden.lidJid } }] });
    expect(body).not.toContain(hidden.pnJid);
  });
});
