import { proto } from '@whiskeysockets/baileys';
import type { Account } from '../accounts/account.js';
import { Simulator } from '../simulator.js';
import { LinkedSocket } from '../stimuli/linked-socket.fixture.js';
import { groupsOf } from './groups.registry.js';
import type { GroupRecord } from './group.state.js';

let simulator: Simulator;
let alice: LinkedSocket;
let carol: LinkedSocket;
let bob: Account;
let dave: Account;

beforeAll(async () => {
  simulator = await Simulator.start({});
  const { accounts } = simulator.world;
  alice = await LinkedSocket.pair(simulator, accounts.create({ name: 'Alice' }));
  carol = await LinkedSocket.pair(simulator, accounts.create({ name: 'Carol' }));
  bob = accounts.create({ name: 'Bob' });
  dave = accounts.create({ name: 'Dave' });
});

afterAll(async () => {
  await alice.end();
  await carol.end();
  await simulator.stop();
});

beforeEach(() => {
  alice.forget();
  carol.forget();
});

function stateOf(jid: string): GroupRecord {
  const group = groupsOf(simulator.world).find(jid);
  if (!group) throw new Error(`no group ${jid}`);
  return group;
}

/** Creates a group of Alice with Bob and Carol. */
async function aliceGroup(): Promise<string> {
  const { id } = await alice.socket.groupCreate('Chess club', [bob.jid(), carol.account.jid()]);
  await carol.next('groups.upsert', ([group]) => group?.id === id);
  return id;
}

test('a created group reaches only its members', async () => {
  const id = await aliceGroup();
  const metadata = await carol.socket.groupMetadata(id);
  expect(metadata).toMatchObject({
    id,
    subject: 'Chess club',
    owner: alice.account.jid('lid'),
    ownerPn: alice.account.jid('pn'),
    addressingMode: 'lid',
    size: 3
  });
  expect(metadata.participants.map(({ id: jid, phoneNumber, admin }) => [jid, phoneNumber, admin])).toEqual([
    [alice.account.jid('lid'), alice.account.jid('pn'), 'superadmin'],
    [bob.jid('lid'), bob.jid('pn'), null],
    [carol.account.jid('lid'), carol.account.jid('pn'), null]
  ]);
  const strangers = groupsOf(simulator.world).create({ subject: 'Strangers', owner: bob, members: [] });
  await expect(alice.socket.groupMetadata(strangers.jid)).rejects.toMatchObject({ data: 403 });
  await expect(alice.socket.groupMetadata('120363999999999999@g.us')).rejects.toMatchObject({ data: 404 });
});

test('a LID enters together with its number, else 400', async () => {
  const { id } = await alice.socket.groupCreate('Strict', [bob.jid()]);
  const named = (attrs: Record<string, string>) => ({ tag: 'participant', attrs });
  const ask = (to: string, tag: string, members: object[], attrs = {}) =>
    alice.socket.query({ tag: 'iq', attrs: { to, xmlns: 'w:g2', type: 'set' }, content: [{ tag, attrs, content: members as never }] });
  const lid = dave.jid('lid');
  await expect(alice.socket.groupParticipantsUpdate(id, [lid], 'add')).rejects.toMatchObject({ data: 400 });
  await expect(alice.socket.groupCreate('By LID', [lid])).rejects.toMatchObject({ data: 400 });
  await expect(ask(id, 'add', [named({ jid: lid, phone_number: bob.jid() })])).rejects.toMatchObject({ data: 400 });
  await ask(id, 'add', [named({ jid: lid, phone_number: dave.jid() })]);
  expect(stateOf(id).members.has(dave)).toBe(true);
  const hidden = simulator.world.accounts.create({ name: 'Hidden', hidesNumber: true });
  await ask(id, 'add', [named({ jid: hidden.jid('lid') })]);
  const member = (await alice.socket.groupMetadata(id)).participants.find(each => each.id === hidden.jid('lid'));
  expect(member?.phoneNumber).toBeUndefined();
});

test('a description names the previous one, else 409', async () => {
  const { id } = await alice.socket.groupCreate('Described', [bob.jid()]);
  const describe = (attrs: Record<string, string>) =>
    alice.socket.query({
      tag: 'iq',
      attrs: { to: id, xmlns: 'w:g2', type: 'set' },
      content: [{ tag: 'description', attrs, content: [{ tag: 'body', attrs: {}, content: Buffer.from('words') }] }]
    });
  await describe({ id: 'ONE' });
  await expect(describe({ id: 'TWO' })).rejects.toMatchObject({ data: 409 });
  await expect(describe({ id: 'TWO', prev: 'ZERO' })).rejects.toMatchObject({ data: 409 });
  await describe({ id: 'TWO', prev: 'ONE' });
});

test('subject, description and settings change for all members', async () => {
  const id = await aliceGroup();
  await alice.socket.groupUpdateSubject(id, 'Go club');
  await carol.next('groups.update', ([update]) => update?.subject === 'Go club');
  await alice.socket.groupUpdateDescription(id, 'We meet on Tuesdays');
  await carol.next('groups.update', ([update]) => update?.desc === 'We meet on Tuesdays');
  await alice.socket.groupSettingUpdate(id, 'announcement');
  await carol.next('groups.update', ([update]) => update?.announce === true);
  await alice.socket.groupSettingUpdate(id, 'locked');
  await carol.next('groups.update', ([update]) => update?.restrict === true);
  await alice.socket.groupMemberAddMode(id, 'all_member_add');
  await carol.next('groups.update', ([update]) => update?.memberAddMode === true);
  await alice.socket.groupToggleEphemeral(id, 86_400);
  await carol.next('chats.update', chats => chats.some(chat => chat.id === id && chat.ephemeralExpiration === 86_400));
  expect(await carol.socket.groupMetadata(id)).toMatchObject({
    subject: 'Go club',
    desc: 'We meet on Tuesdays',
    announce: true,
    restrict: true,
    memberAddMode: true,
    ephemeralDuration: 86_400
  });
  await alice.socket.groupSettingUpdate(id, 'not_announcement');
  await alice.socket.groupSettingUpdate(id, 'unlocked');
  await alice.socket.groupToggleEphemeral(id, 0);
  await alice.socket.groupUpdateDescription(id);
  const reset = await carol.socket.groupMetadata(id);
  expect([reset.announce, reset.restrict, reset.ephemeralDuration, reset.desc]).toEqual([false, false, undefined, undefined]);
});

test('a forbidden change is refused with 403 and changes nothing', async () => {
  const id = await aliceGroup();
  await alice.socket.groupSettingUpdate(id, 'locked');
  await expect(carol.socket.groupUpdateSubject(id, 'Mine')).rejects.toMatchObject({ data: 403 });
  await expect(carol.socket.groupParticipantsUpdate(id, [bob.jid()], 'remove')).rejects.toMatchObject({ data: 403 });
  await expect(carol.socket.groupInviteCode(id)).rejects.toMatchObject({ data: 403 });
  expect(stateOf(id).subject).toBe('Chess club');
  expect(stateOf(id).members.has(bob)).toBe(true);
});

test('each changed member has its own outcome', async () => {
  const id = await aliceGroup();
  const added = await alice.socket.groupParticipantsUpdate(id, [dave.jid(), bob.jid(), '15559999999@s.whatsapp.net'], 'add');
  expect(added.map(({ status }) => status)).toEqual(['200', '409', '404']);
  await carol.next('group-participants.update', ({ action, participants }) => action === 'add' && participants[0]?.id === dave.jid('lid'));

  await alice.socket.groupParticipantsUpdate(id, [carol.account.jid()], 'promote');
  await carol.next('group-participants.update', ({ action, author }) => action === 'promote' && author === alice.account.jid('lid'));
  expect((await carol.socket.groupParticipantsUpdate(id, [dave.jid('lid')], 'remove'))[0]?.status).toBe('200');
  await alice.next(
    'group-participants.update',
    ({ action, participants }) => action === 'remove' && participants[0]?.phoneNumber === dave.jid('pn')
  );
  expect((await carol.socket.groupParticipantsUpdate(id, [alice.account.jid()], 'demote'))[0]?.status).toBe('405');

  await alice.socket.groupParticipantsUpdate(id, [carol.account.jid()], 'demote');
  await alice.socket.groupParticipantsUpdate(id, [carol.account.jid()], 'remove');
  await carol.next(
    'group-participants.update',
    ({ action, participants }) => action === 'remove' && participants[0]?.id === carol.account.jid('lid')
  );
  expect([...stateOf(id).members.keys()]).toEqual([alice.account, bob]);
});

test('an invite link works until it is renewed', async () => {
  const { id } = await alice.socket.groupCreate('By link', [bob.jid()]);
  const code = (await alice.socket.groupInviteCode(id)) ?? '';
  expect((await carol.socket.groupGetInviteInfo(code)).subject).toBe('By link');
  expect(await carol.socket.groupAcceptInvite(code)).toBe(id);
  await alice.next(
    'group-participants.update',
    ({ action, participants }) => action === 'add' && participants[0]?.id === carol.account.jid('lid')
  );
  await carol.socket.groupLeave(id);
  await alice.next('group-participants.update', ({ action, author }) => action === 'remove' && author === carol.account.jid('lid'));
  const renewed = await alice.socket.groupRevokeInvite(id);
  expect(renewed).not.toBe(code);
  await expect(carol.socket.groupAcceptInvite(code)).rejects.toMatchObject({ data: 410 });
  expect(stateOf(id).members.has(carol.account)).toBe(false);
});

test('candidates wait until an admin approves them', async () => {
  const { id } = await alice.socket.groupCreate('By approval', [bob.jid()]);
  await alice.socket.groupJoinApprovalMode(id, 'on');
  const code = (await alice.socket.groupInviteCode(id)) ?? '';
  await carol.socket.groupAcceptInvite(code);
  const request = await alice.next('group.join-request', ({ action }) => action === 'created');
  expect(request).toMatchObject({
    id,
    participant: carol.account.jid('lid'),
    participantPn: carol.account.jid('pn'),
    method: 'invite_link'
  });
  expect(await alice.socket.groupRequestParticipantsList(id)).toMatchObject([
    { jid: carol.account.jid('lid'), request_method: 'invite_link' }
  ]);
  expect(stateOf(id).members.has(carol.account)).toBe(false);

  expect(await alice.socket.groupRequestParticipantsUpdate(id, [carol.account.jid('lid')], 'reject')).toMatchObject([{ status: '200' }]);
  await alice.next('group.join-request', ({ action }) => action === 'rejected');
  expect(await alice.socket.groupRequestParticipantsList(id)).toEqual([]);

  await carol.socket.groupAcceptInvite(code);
  await alice.socket.groupRequestParticipantsUpdate(id, [carol.account.jid('lid')], 'approve');
  await carol.next('groups.upsert', ([group]) => group?.id === id);
  expect(stateOf(id).members.get(carol.account)).toBe('member');
});

test('an invitation message admits only its receiver', async () => {
  const group = groupsOf(simulator.world).create({ subject: 'Personal', owner: bob, members: [] });
  const inviteCode = group.invitePersonally(carol.account);
  const invitation = proto.Message.GroupInviteMessage.fromObject({ groupJid: group.jid, inviteCode, inviteExpiration: 2_000_000_000 });
  await expect(alice.socket.groupAcceptInviteV4(bob.jid(), invitation)).rejects.toMatchObject({ data: 410 });
  expect(await carol.socket.groupAcceptInviteV4(bob.jid(), invitation)).toBe(group.jid);
  expect(group.members.has(carol.account)).toBe(true);
});

test('groups with phone-number addressing list numbers', async () => {
  const group = groupsOf(simulator.world).create({ subject: 'Numbers', owner: bob, members: [alice.account], addressing: 'pn' });
  const metadata = await alice.socket.groupMetadata(group.jid);
  expect(metadata.addressingMode).toBe('pn');
  expect(metadata.participants.map(({ id, lid }) => [id, lid])).toContainEqual([alice.account.jid('pn'), alice.account.jid('lid')]);
  expect(Object.keys(await alice.socket.groupFetchAllParticipating())).toContain(group.jid);
});

test('groups can be linked to a community and unlinked again', async () => {
  const community = await alice.socket.communityCreate('Games', 'All our clubs');
  const parent = community?.id ?? '';
  expect(community).toMatchObject({ subject: 'Games', isCommunity: true, desc: 'All our clubs' });
  const club = await alice.socket.communityCreateGroup('Cards', [bob.jid()], parent);
  const chess = await aliceGroup();
  await alice.socket.communityLinkGroup(chess, parent);
  const { linkedGroups } = await alice.socket.communityFetchLinkedGroups(parent);
  expect(linkedGroups.map(({ subject }) => subject).sort()).toEqual(['Cards', 'Chess club']);
  await alice.socket.communityUnlinkGroup(chess, parent);
  expect((await alice.socket.communityFetchLinkedGroups(club?.id ?? '')).linkedGroups).toMatchObject([{ subject: 'Cards' }]);
});
