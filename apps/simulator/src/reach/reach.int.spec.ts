import '../quiet-console.fixture.js';
import { createHmac } from 'node:crypto';
import type { ReachReport, SimulatedAccount } from '@wabus/testing';
import type { BaileysEventMap, BinaryNode } from 'baileys-stock';
import { pairedClient, post, type ConnectedClient } from '../baileys-client.fixture.js';
import { Simulator } from '../simulator.js';
import { contactToken, saltOf, strangerToken } from './token.codec.js';

const HOUR_MS = 3_600_000;
const LOCK = { kind: 'RESTRICT_ALL_COMPANIONS', forMs: HOUR_MS };

let simulator: Simulator;
let alice: ConnectedClient;
let author: SimulatedAccount;
beforeAll(async () => {
  simulator = await Simulator.start({ settings: { reach: { nobodyUntilLock: 2 } } });
  author = await post<SimulatedAccount>(simulator, 'createAccount', {});
  alice = await pairedClient(simulator, author.phoneNumber);
});
afterAll(() => simulator.stop());
beforeEach(() => setReach({ lock: null, salt: false, announce: false, quota: { total: 1_000, used: 0 } }));

const setReach = (args: object) => post<ReachReport>(simulator, 'setReach', { phoneNumber: author.phoneNumber, ...args });
const report = () => post<ReachReport>(simulator, 'reach', { phoneNumber: author.phoneNumber });
const someone = async () => simulator.world.accounts.find((await post<SimulatedAccount>(simulator, 'createAccount', {})).phoneNumber)!;
const account = () => simulator.world.accounts.find(author.phoneNumber)!;

/** Sends a message with these tokens; resolves with the service's error, or `undefined` if the message is accepted. */
async function sent(to: string, ...tokens: BinaryNode[]): Promise<string | undefined> {
  const id = `ID${Math.random().toString(16).slice(2).toUpperCase()}`;
  const acked = new Promise<BinaryNode>(resolve => alice.socket.ws.once(`CB:ack,id:${id}`, resolve));
  await alice.socket.relayMessage(to, { conversation: 'hello' }, { messageId: id, additionalNodes: tokens });
  return (await acked).attrs['error'];
}
const notified = <E extends keyof BaileysEventMap>(event: E, matches: (payload: BaileysEventMap[E]) => boolean): Promise<void> =>
  new Promise(resolve => alice.socket.ev.on(event, payload => matches(payload) && resolve()));
const contactOf = (issuer: Awaited<ReturnType<typeof someone>>, daysAgo = 0): BinaryNode => ({
  tag: 'tctoken',
  attrs: {},
  content: contactToken(issuer, account(), Math.floor(Date.now() / 1_000) - daysAgo * 86_400)
});
const strangerOf = (receiver: Awaited<ReturnType<typeof someone>>): BinaryNode => ({
  tag: 'cstoken',
  attrs: {},
  content: strangerToken(account(), receiver)
});

describe('the contacts to which an account may write', () => {
  test('strangers require a token only if there is a salt', async () => {
    expect(await sent((await someone()).jid())).toBeUndefined();
    await setReach({ salt: true, announce: false });
    const stranger = await someone();
    expect(await sent(stranger.jid())).toBe('463');
    expect(await sent(stranger.jid(), { tag: 'cstoken', attrs: {}, content: Buffer.alloc(32) })).toBe('463');
    expect(await sent(stranger.jid(), strangerOf(stranger))).toBeUndefined();
    expect(await sent(stranger.jid(), contactOf(stranger))).toBeUndefined();
  });

  test('the token of a stranger is an HMAC of the LID with the salt', async () => {
    const stranger = await someone();
    const expected = createHmac('sha256', saltOf(account())).update(stranger.jid('lid')).digest();
    expect(strangerToken(account(), stranger).equals(expected)).toBe(true);
  });

  test("only a contact's token is accepted under a lock", async () => {
    const contact = await someone();
    await setReach({ salt: true, lock: LOCK, announce: false });
    expect(await sent(contact.jid())).toBe('463');
    expect(await sent(contact.jid(), strangerOf(contact))).toBe('463');
    expect(await sent(contact.jid(), contactOf(contact))).toBeUndefined();
    expect(await sent(contact.jid(), contactOf(contact, 170))).toBeUndefined();
    expect(await sent(contact.jid(), contactOf(contact, 190))).toBe('463');
    expect(await sent(contact.jid(), contactOf(await someone()))).toBe('463');
  });

  test('a lock is notified and answered under its kind', async () => {
    const seen = notified('connection.update', ({ reachoutTimeLock }) => reachoutTimeLock?.isActive === true);
    await setReach({ lock: LOCK });
    await seen;
    expect(await alice.socket.fetchAccountReachoutTimelock()).toMatchObject({ isActive: true, enforcementType: LOCK.kind });
  });

  test('messages to nobody cause a lock', async () => {
    const before = (await report()).toNobody;
    for (const number of ['15559990001', '15559990002']) expect(await sent(`${number}@s.whatsapp.net`)).toBeUndefined();
    expect(await report()).toMatchObject({ toNobody: before + 2, lock: { kind: 'RESTRICT_ALL_COMPANIONS' } });
  });

  test('new chats use up the quota in steps', async () => {
    await setReach({ quota: { total: 10, used: 8 } });
    const seen = notified('message-capping.update', ({ capping_status }) => String(capping_status) === 'CAPPED');
    const [first, second, third] = [await someone(), await someone(), await someone()];
    for (const stranger of [first, first, second]) expect(await sent(stranger.jid())).toBeUndefined();
    await seen;
    expect((await report()).quota).toEqual({ total: 10, used: 10, state: 'CAPPED' });
    expect(await sent(third.jid())).toBe('463');
    expect(await sent(first.jid())).toBeUndefined();
  });

  test('a sender gives a token, in the message or separately', async () => {
    const contact = await someone();
    const stored = async () => (await alice.auth.state.keys.get('tctoken', [contact.jid('lid'), contact.jid()])) as object;
    const stanza = new Promise<BinaryNode>(resolve => alice.socket.ws.once('CB:message', resolve));
    await post(simulator, 'sendMessage', { from: contact.phoneNumber, to: author.phoneNumber, message: { conversation: 'hi' } });
    expect(((await stanza).content as BinaryNode[]).map(({ tag }) => tag)).toContain('tctoken');
    expect(await stored()).toEqual({});
    const handled = new Promise<void>(resolve => alice.socket.ws.once('CB:notification,type:privacy_token', () => resolve()));
    await post(simulator, 'issueToken', { from: contact.phoneNumber, to: author.phoneNumber });
    await handled;
    await post(simulator, 'acknowledgements', { phoneNumber: author.phoneNumber, waitMs: 5_000 });
    expect(Object.keys(await stored())).toHaveLength(1);
  });
});
