import { COMMAND_CATALOG, parseCommandArguments, type CommandName } from '@wabus/contracts';
import type { PeerAnswer, PeerCall, PeerName, PeerRequest, PeerRoute } from './compat.types.js';
import { PEER_APIS } from './peer-apis.table.js';
import { GROUP, MESSAGE, METADATA, NUMBER, PERSON, PIXEL, SENT } from './peer-exchange.fixture.js';

const CHAT = `${NUMBER}@c.us`;
const KEY = { remoteJid: PERSON, fromMe: false, id: MESSAGE };
const CONTENT = { imageMessage: { mimetype: 'image/png' } };
const STORED = {
  ...{ chat: PERSON, id: MESSAGE, fromMe: false, participant: null, timestamp: 1_667_561_485, text: 'x', editedAt: null, revokedAt: null },
  ...{ reactions: [], receipts: [], poll: null, labels: [], message: { key: KEY, message: CONTENT } }
};

/** All fields that any call of the peer reads. */
const BODIES: Readonly<Record<PeerName, Record<string, unknown>>> = {
  waha: {
    ...{
      session: 'default',
      name: 'Sales',
      chatId: CHAT,
      contactId: NUMBER,
      messageId: `false_${CHAT}_${MESSAGE}`,
      text: 'x',
      title: 'T',
      url: 'https://a.example/'
    },
    ...{
      latitude: 1,
      longitude: 2,
      phoneNumber: NUMBER,
      presence: 'typing',
      reaction: '👍',
      code: 'abc',
      subject: 'S',
      status: 'about',
      star: true
    },
    ...{
      preview: { url: 'https://a.example/', title: 'T' },
      poll: { name: 'Q', options: ['a', 'b'] },
      contacts: [{ fullName: 'A', phoneNumber: NUMBER }]
    },
    ...{ participants: [{ id: CHAT }], file: { data: PIXEL }, adminsOnly: true }
  },
  evolution: {
    ...{
      instanceName: 'default',
      number: NUMBER,
      numbers: [NUMBER],
      text: 'x',
      media: PIXEL,
      mediatype: 'image',
      audio: PIXEL,
      video: PIXEL,
      sticker: PIXEL
    },
    ...{
      latitude: 1,
      longitude: 2,
      name: 'Q',
      values: ['a', 'b'],
      contact: [{ fullName: 'A', phoneNumber: NUMBER }],
      key: KEY,
      reaction: '👍',
      ...KEY
    },
    ...{
      readMessages: [KEY],
      chat: PERSON,
      presence: 'composing',
      status: 'block',
      picture: PIXEL,
      image: PIXEL,
      message: { key: KEY, message: CONTENT }
    },
    ...{
      subject: 'S',
      description: 'D',
      participants: [NUMBER],
      expiration: 0,
      type: 'text',
      content: 'x',
      statusJidList: [NUMBER],
      labelId: '5',
      qrcode: true
    },
    ...{ where: { key: { remoteJid: PERSON } }, webhook: { url: 'https://a.example/', events: ['CALL'] }, inviteCode: 'abc' }
  }
};
/** Fields that one call interprets differently from the others. */
const APART: Readonly<Record<string, Record<string, unknown>>> = {
  'POST /group/updateParticipant/{instance}': { action: 'add' },
  'PUT /group/updateParticipant/{instance}': { action: 'add' },
  'POST /group/updateSetting/{instance}': { action: 'locked' },
  'PUT /group/updateSetting/{instance}': { action: 'locked' },
  'POST /label/handleLabel/{instance}': { action: 'add' },
  'POST /instance/setPresence/{instance}': { presence: 'available' },
  'POST /chat/updateProfileStatus/{instance}': { status: 'about' }
};
const PARAMS = {
  ...{
    session: 'default',
    instance: 'default',
    chatId: CHAT,
    id: GROUP,
    messageId: `true_${CHAT}_${MESSAGE}`,
    lid: '99@lid',
    phoneNumber: NUMBER
  },
  ...{ file: `MToxOjI~${MESSAGE}`, labelId: '5' }
};
const QUERY = {
  session: 'default',
  chatId: CHAT,
  contactId: NUMBER,
  phone: NUMBER,
  groupJid: GROUP,
  code: 'abc',
  inviteCode: 'abc',
  limit: '5'
};

const STATUS = { state: 'pairing', account: { id: PERSON, lid: null, name: 'Me' }, qr: { text: 'x' }, lastDisconnect: null };
const VIEW = { session: 'default', desired: 'running', createdAt: '2026-01-01T00:00:00Z', status: STATUS };
const REPLIES: Partial<Record<CommandName, unknown>> = {
  ...{ sendMessage: SENT, getSession: VIEW, createSession: VIEW, restartSession: VIEW, groupMetadata: METADATA, groupCreate: METADATA },
  ...{
    groupGetInviteInfo: METADATA,
    groupFetchAllParticipating: { [GROUP]: METADATA },
    onWhatsApp: [{ asked: NUMBER, jid: PERSON, exists: true }]
  },
  ...{
    fetchStatus: [{ status: 'hello' }],
    downloadMedia: { media: 'media_x' },
    requestPairingCode: { code: 'ABCDABCD' },
    groupInviteCode: 'abc'
  },
  ...{ getQr: { qr: 'data:image/png;base64,AAAA', attempt: 1 }, getBusinessProfile: { email: 'a@b.c' } }
};

const page = (item: unknown): unknown => ({ items: [item], next: null });

/** Returns the result of a call. */
function resultOf(call: PeerCall): unknown {
  switch (call.do) {
    case 'command':
      return REPLIES[call.method];
    case 'beginSession':
    case 'finishSession':
      return undefined;
    case 'sessions':
      return [VIEW];
    case 'wait':
      return STATUS;
    case 'chats':
      return page({ jid: PERSON, otherJid: null, name: 'Bob', timestamp: 1, unreadCount: 1, labels: [], chat: {} });
    case 'contacts':
      return page({ jid: PERSON, otherJid: null, name: 'Bob', contact: { notify: 'B' } });
    case 'messages':
      return page(STORED);
    case 'labels':
      return page({ id: '5', name: 'L', label: { color: 1 } });
    case 'messagesById':
      return [STORED];
    case 'otherJid':
      return '99@lid';
    case 'eventMessage':
      return { key: KEY, message: CONTENT };
    case 'bytes':
      return { content: Buffer.from('x'), reference: { media: 'media_x', mimetype: 'image/png', bytes: 1, fileName: null } };
    case 'webhooks':
      return [{ id: 'wh_1', url: 'https://a.example/', events: ['call'], headerNames: ['x-a'], formatOptions: null }];
    case 'setWebhooks':
      return call.webhooks.map(({ url }) => ({
        id: 'wh_2',
        url,
        events: ['call'],
        headerNames: [],
        formatOptions: { events: ['CALL'], byEvents: false, signed: false }
      }));
    case 'createToken':
      return 'wabus_token';
  }
}

/** Returns the calls of a request, and its response. */
function held(route: PeerRoute, request: PeerRequest): { calls: PeerCall[]; answer: PeerAnswer } {
  const conversation = route.handle!(request);
  const calls: PeerCall[] = [];
  let step = conversation.next();
  while (!step.done) {
    calls.push(step.value);
    step = conversation.next(resultOf(step.value));
  }
  return { calls, answer: step.value };
}

const requestFor = (peer: PeerName, route: PeerRoute): PeerRequest => ({
  params: PARAMS,
  query: QUERY,
  body: { ...BODIES[peer], ...APART[`${route.verb} ${route.path}`] },
  accept: 'application/json',
  baseUrl: 'http://localhost:3000'
});

const SERVED = (Object.keys(PEER_APIS) as PeerName[]).flatMap(peer =>
  PEER_APIS[peer].routes
    .filter(({ handle }) => handle !== undefined)
    .map((route): [string, PeerName, PeerRoute] => [`${route.verb} ${route.path}`, peer, route])
);

describe('routes of other gateways', () => {
  it.each(SERVED)('%s makes only calls that Wabus routes accept', (_title, peer, route) => {
    const { calls, answer } = held(route, requestFor(peer, route));
    const commands = calls.flatMap(call => (call.do === 'command' ? [call] : []));
    for (const call of calls) if (call.do === 'beginSession') expect(() => parseCommandArguments('createSession', call.args)).not.toThrow();
    for (const { method, args } of commands) expect(() => parseCommandArguments(method, args ?? {})).not.toThrow();
    expect(calls.length).toBeGreaterThan(0);
    for (const call of calls) if ('session' in call) expect(['default', 'Sales']).toContain(call.session);
    if (!('media' in answer)) expect(answer.status).toBeLessThan(300);
  });

  it('every call of a session is about one session', () => {
    for (const [, peer, route] of SERVED) {
      const sessions = held(route, requestFor(peer, route)).calls.flatMap(call => ('session' in call ? [call.session] : []));
      expect([route.path, new Set(sessions).size]).toEqual([route.path, sessions.length === 0 ? 0 : 1]);
    }
  });

  it.each([
    ['GET /api/{session}/chats/{chatId}/messages', { offset: '1000000000', limit: '1' }, {}],
    ['GET /api/{session}/chats', { offset: '9007199254740991' }, {}],
    ['GET /api/messages', { session: 'default', chatId: PERSON, limit: '1000000000' }, {}],
    ['POST /api/{session}/chats/{chatId}/messages/read', {}, { messages: 1_000_000_000 }]
  ])('%s reads at most 10,000 items of an endless list', (line, query, body) => {
    const [route] = PEER_APIS.waha.routes.filter(({ verb, path }) => `${verb} ${path}` === line);
    const conversation = route!.handle!({ ...requestFor('waha', route!), query, body });
    let items = 0;
    for (let step = conversation.next(); !step.done;) {
      const { value } = step;
      if (!('limit' in value)) step = conversation.next(resultOf(value));
      else {
        items += value.limit;
        expect(items).toBeLessThanOrEqual(10_000);
        const { items: some } = resultOf(value) as { items: object[] };
        step = conversation.next({ items: Array<object>(value.limit).fill(some[0]!), next: 'x' });
      }
    }
    expect(items).toBeGreaterThan(0);
  });

  it('a refused webhook removes the session created for it', () => {
    const route = PEER_APIS.waha.routes.find(({ path, verb }) => verb === 'POST' && path === '/api/sessions')!;
    const body = { name: 'Sales', config: { webhooks: [{ url: 'http://10.0.0.1/', events: ['message'] }] } };
    const conversation = route.handle!({ ...requestFor('waha', route), body });
    const seen: string[] = [];
    let step = conversation.next();
    expect(() => {
      while (!step.done) {
        const { value } = step;
        seen.push(value.do === 'command' ? value.method : value.do);
        step = value.do === 'setWebhooks' ? conversation.throw(new Error('denied')) : conversation.next(resultOf(value));
      }
    }).toThrow('denied');
    expect(seen).toEqual(['beginSession', 'setWebhooks', 'deleteSession']);
    expect(COMMAND_CATALOG.deleteSession.scope).toBe('control');
  });
});
