import type { BinaryNode } from '@whiskeysockets/baileys';
import type { Account } from '../accounts/account.js';
import { Simulator } from '../simulator.js';
import { LinkedSocket } from '../stimuli/linked-socket.fixture.js';
import { onePixelPng } from '../stimuli/stimulus.js';

let simulator: Simulator;
let account: Account;
let contact: Account;
let linked: LinkedSocket;
let other: LinkedSocket;

beforeAll(async () => {
  simulator = await Simulator.start({});
  account = simulator.world.accounts.create({ name: 'Alice' });
  contact = simulator.world.accounts.create({ name: 'Bob' });
  linked = await LinkedSocket.pair(simulator, account);
  other = await LinkedSocket.pair(simulator, account);
});

afterAll(async () => {
  await linked.end();
  await other.end();
  await simulator.stop();
});

beforeEach(() => {
  other.forget();
});

const ask = (xmlns: string, type: 'get' | 'set', content: BinaryNode[], attrs: Record<string, string> = {}): Promise<BinaryNode> =>
  linked.socket.query({ tag: 'iq', attrs: { to: 's.whatsapp.net', xmlns, type, ...attrs }, content }) as Promise<BinaryNode>;

test('an unknown iq gets an empty result', async () => {
  expect(await ask('w:future', 'get', [{ tag: 'question', attrs: {} }])).toMatchObject({ attrs: { type: 'result' } });
  expect(await ask('__proto__', 'set', [])).toMatchObject({ attrs: { type: 'result' } });
});

test('an incomplete iq gets 400', async () => {
  await expect(ask('usync', 'get', [])).rejects.toMatchObject({ data: 400 });
  await expect(ask('w:mex', 'get', [{ tag: 'query', attrs: {}, content: Buffer.from('no json') }])).rejects.toMatchObject({ data: 400 });
});

test('onWhatsApp reports which numbers exist', async () => {
  expect(await linked.socket.onWhatsApp(contact.phoneNumber, '15559999999')).toEqual([{ jid: contact.jid(), exists: true }]);
});

test('a device list has the phone, linked devices and the LID', async () => {
  const devices = await linked.socket.getUSyncDevices([account.jid()], false, false);
  expect(devices.map(({ device }) => device ?? 0).sort()).toEqual([0, 2]);
  expect(await linked.socket.signalRepository.lidMapping.getLIDForPN(contact.jid())).toBe(contact.jid('lid'));
});

const mex = (queryId: string, variables: object): Promise<unknown> =>
  ask('w:mex', 'get', [{ tag: 'query', attrs: { query_id: queryId }, content: Buffer.from(JSON.stringify({ variables })) }]).then(
    ({ content }) => JSON.parse(Buffer.from((content as BinaryNode[])[0]!.content as Uint8Array).toString('utf8')) as unknown
  );

test('only the mutation changes the about text', async () => {
  const aboutOf = async () => (await linked.socket.fetchStatus(account.jid()))?.[0]?.['status'];
  const before = account.status;
  await linked.socket.updateProfileStatus('At the zoo');
  expect(await aboutOf()).toMatchObject({ status: before });
  const set = (input: object) => mex('9152604461510864', { input });
  expect(await set({ text: 'At the zoo', ephemeral_duration_sec: 0 })).toMatchObject({ errors: [{ extensions: { error_code: 400 } }] });
  await set({ text: 'At the zoo', emoji: { content: '🦁' }, ephemeral_duration_sec: 3_600 });
  expect(await aboutOf()).toMatchObject({ status: '🦁 At the zoo' });
  await set({ text: null, ephemeral_duration_sec: 0 });
  expect(await aboutOf()).toMatchObject({ status: null });
});

test('a default for disappearing messages reaches other devices', async () => {
  await linked.socket.updateDefaultDisappearingMode(604_800);
  await other.next('creds.update', ({ accountSettings }) => accountSettings?.defaultDisappearingMode?.ephemeralExpiration === 604_800);
  expect(await linked.socket.fetchDisappearingDuration(account.jid())).toMatchObject([{ disappearing_mode: { duration: 604_800 } }]);
});

test('blocking and unblocking a contact reaches other devices', async () => {
  await linked.socket.updateBlockStatus(contact.jid(), 'block');
  await other.next('blocklist.update', ({ blocklist, type }) => type === 'add' && blocklist[0] === contact.jid('lid'));
  expect(await linked.socket.fetchBlocklist()).toEqual([contact.jid('lid')]);
  await linked.socket.updateBlockStatus(contact.jid(), 'unblock');
  await other.next('blocklist.update', ({ type }) => type === 'remove');
  expect(await linked.socket.fetchBlocklist()).toEqual([]);
});

test('a block by number, or without a target, gets 400', async () => {
  const block = (attrs: Record<string, string>) => ask('blocklist', 'set', [{ tag: 'item', attrs: { action: 'block', ...attrs } }]);
  const hidden = simulator.world.accounts.create({ name: 'Hidden', hidesNumber: true, username: 'nobody.knows' });
  const refused: Record<string, string>[] = [
    { jid: contact.jid() },
    { jid: contact.jid('lid') },
    { jid: hidden.jid('lid'), pn_jid: hidden.jid() },
    { jid: hidden.jid('lid'), username: 'somebody.else' }
  ];
  for (const attrs of refused) await expect(block(attrs)).rejects.toMatchObject({ data: 400 });
  const named: Record<string, string>[] = [{ username: 'nobody.knows' }, { display_name: 'Hidden' }, { unknown_identifier: 'true' }];
  for (const who of named) {
    await block({ jid: hidden.jid('lid'), ...who });
    expect(account.blocklist.delete(hidden.jid('lid'))).toBe(true);
  }
});

test('a hidden number resolves to nobody, its LID to a name', async () => {
  const hidden = simulator.world.accounts.create({ name: 'Hidden', hidesNumber: true, username: 'nobody.knows' });
  expect(await linked.socket.onWhatsApp(hidden.phoneNumber)).toEqual([]);
  const [user] = (await linked.socket.fetchStatus(hidden.jid('lid'))) ?? [];
  expect(user).toMatchObject({ id: hidden.jid('lid') });
});

test('privacy settings are stored', async () => {
  await linked.socket.updateLastSeenPrivacy('contacts');
  await linked.socket.updateReadReceiptsPrivacy('none');
  expect(await linked.socket.fetchPrivacySettings(true)).toMatchObject({ last: 'contacts', readreceipts: 'none', profile: 'all' });
});

test('a profile picture is set, fetched, and removed', async () => {
  await expect(linked.socket.profilePictureUrl(account.jid())).rejects.toMatchObject({ data: 404 });
  const image = onePixelPng();
  await ask('w:profile:picture', 'set', [{ tag: 'picture', attrs: { type: 'image' }, content: image }]);
  await other.next('contacts.update', ([update]) => update?.id === account.jid() && update.imgUrl === 'changed');
  const url = (await linked.socket.profilePictureUrl(account.jid())) ?? '';
  expect(Buffer.from(await (await fetch(url)).arrayBuffer())).toEqual(image);
  await linked.socket.removeProfilePicture(account.jid());
  await other.next('contacts.update', ([update]) => update?.imgUrl === 'removed');
  await expect(linked.socket.profilePictureUrl(account.jid())).rejects.toMatchObject({ data: 404 });
  await expect(linked.socket.removeProfilePicture(contact.jid())).rejects.toMatchObject({ data: 403 });
});

test('a newsletter can be created, found, followed and deleted', async () => {
  const { socket } = linked;
  const { id, invite } = await socket.newsletterCreate('Weather', 'Every morning');
  expect(await socket.newsletterMetadata('invite', invite ?? '')).toMatchObject({ id, thread_metadata: { name: { text: 'Weather' } } });
  await socket.newsletterFollow(id);
  expect(await socket.newsletterSubscribers(id)).toEqual({ subscribers: 1 });
  await socket.newsletterMute(id);
  await socket.newsletterUpdateName(id, 'Weather and tides');
  expect(await socket.newsletterMetadata('jid', id)).toMatchObject({
    thread_metadata: { name: { text: 'Weather and tides' } },
    viewer_metadata: { mute: 'ON', role: 'OWNER' }
  });
  await socket.newsletterUnmute(id);
  await socket.newsletterUnfollow(id);
  expect(await socket.newsletterAdminCount(id)).toBe(1);
  expect(await socket.subscribeNewsletterUpdates(id)).toEqual({ duration: '300' });
  await socket.newsletterChangeOwner(id, contact.jid());
  await expect(socket.newsletterDelete(id)).rejects.toMatchObject({ output: { statusCode: 403 } });
  await expect(socket.newsletterMetadata('jid', '1@newsletter')).rejects.toMatchObject({ output: { statusCode: 404 } });
});

test('a query without a declared variable gets 400', async () => {
  const { id } = await linked.socket.newsletterCreate('Strict', 'Very');
  const badRequest = { data: null, errors: [{ extensions: { error_code: 400 } }] };
  const flags = { fetch_creation_time: true, fetch_full_image: true, fetch_viewer_metadata: true };
  const input = { key: id, type: 'JID' };
  expect(await mex('27456920720571478', { input, ...flags })).toMatchObject(badRequest);
  const all = { ...flags, fetch_pinned_messages: false, fetch_status_metadata: false, fetch_wamo_sub: false };
  expect(await mex('27456920720571478', { input, ...all })).toMatchObject({ data: { xwa2_newsletter: { id } } });
  expect(await mex('27456920720571478', { input, ...all, fetch_wamo_sub: null })).toMatchObject(badRequest);
  expect(await mex('7130823597031706', {})).toMatchObject(badRequest);
});

test('posts and reactions of the wrong form get 479', async () => {
  const { id: to } = await linked.socket.newsletterCreate('Posts', 'Of all kinds');
  const send = async (attrs: Record<string, string>, content: BinaryNode[]) =>
    (
      (await linked.socket.query({
        tag: 'message',
        attrs: { to, id: linked.socket.generateMessageTag(), ...attrs },
        content
      })) as BinaryNode
    ).attrs['error'];
  const plaintext = (attrs: Record<string, string>): BinaryNode[] => [{ tag: 'plaintext', attrs, content: Buffer.from('0a026869', 'hex') }];
  expect(await send({ type: 'media' }, plaintext({}))).toBe('479');
  expect(await send({ type: 'media' }, plaintext({ mediatype: 'image' }))).toBeUndefined();
  expect(await send({ type: 'text' }, plaintext({}))).toBeUndefined();
  const react = (serverId: string) => send({ type: 'reaction', server_id: serverId }, [{ tag: 'reaction', attrs: { code: '👍' } }]);
  expect(await react('3EB0C0FFEE')).toBe('479');
  expect(await react('100')).toBeUndefined();
  const posts = JSON.stringify(await linked.socket.newsletterFetchMessages(to, 5, 0, 0));
  expect(posts).toContain('"mediatype":"image"');
  expect(posts).toContain('"code":"👍","count":"1"');
});

test('a business profile and a catalog are stored', async () => {
  const { socket } = linked;
  expect(await socket.getBusinessProfile(contact.jid())).toBeUndefined();
  await socket.updateBussinesProfile({
    address: 'Harbour 1',
    email: 'shop@example.org',
    description: 'Ropes',
    websites: ['https://example.org']
  });
  expect(await socket.getBusinessProfile(account.jid())).toMatchObject({
    address: 'Harbour 1',
    email: 'shop@example.org',
    description: 'Ropes',
    website: ['https://example.org']
  });

  const product = await socket.productCreate({
    name: 'Rope',
    description: 'Ten metres',
    price: 9,
    currency: 'EUR',
    originCountryCode: undefined,
    images: [{ url: 'https://media.whatsapp.net/rope.jpg' }]
  });
  expect(product).toMatchObject({ name: 'Rope', price: 9, imageUrls: { original: 'https://media.whatsapp.net/rope.jpg' } });
  await socket.productUpdate(product.id, {
    name: 'Long rope',
    description: 'Twenty metres',
    price: 15,
    currency: 'EUR',
    images: [{ url: 'https://media.whatsapp.net/rope.jpg' }]
  });
  expect((await socket.getCatalog({ jid: account.jid() })).products).toMatchObject([{ id: product.id, name: 'Long rope', price: 15 }]);
  expect(await socket.productDelete([product.id, 'unknown'])).toEqual({ deleted: 1 });
  expect((await socket.getCatalog({ jid: account.jid() })).products).toEqual([]);
  expect(await socket.getCollections(account.jid())).toEqual({ collections: [] });
  await expect(socket.getOrderDetails('1', 'dG9rZW4=')).rejects.toMatchObject({ data: 404 });
});

test('requests for bots, restrictions and limits are answered', async () => {
  expect(await linked.socket.getBotListV2()).toEqual([]);
  expect(await linked.socket.fetchAccountReachoutTimelock()).toMatchObject({ isActive: false });
  expect(await linked.socket.fetchNewChatMessageCap()).toMatchObject({ total_quota: 1000, used_quota: 0 });
});
