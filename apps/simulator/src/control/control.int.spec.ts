import '../quiet-console.fixture.js';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { BinaryNode } from '@whiskeysockets/baileys';
import { WebSocket } from 'ws';
import { pairedClient, post } from '../baileys-client.fixture.js';
import { encodeFrame } from '../noise/frame.codec.js';
import { Simulator } from '../simulator.js';

const ALICE = '15550000001';
const BOB = '15550000002';

describe('the control API', () => {
  let simulator: Simulator;

  beforeAll(async () => {
    simulator = await Simulator.start({ settings: { reach: { nobodyUntilLock: 0 } } });
    for (const phoneNumber of [ALICE, BOB]) await post(simulator, 'createAccount', { phoneNumber });
  });

  afterAll(() => simulator.stop());

  const raw = async (operation: string, body: string, method = 'POST') => {
    const response = await fetch(`${simulator.ready.controlUrl}/${operation}`, { method, ...(method === 'GET' ? {} : { body }) });
    return { status: response.status, body: (await response.json()) as { error?: string } };
  };

  it.each([
    ['an unknown operation', 'explode', '{}', /unknown operation/],
    ['a name of Object.prototype', 'constructor', '{}', /unknown operation/],
    ['a body that is not JSON', 'stats', '{', /must be JSON/],
    ['a body that is not an object', 'stats', '[1]', /must be a JSON object/],
    ['a missing argument', 'sendMessage', '{}', /from must be a string/],
    ['an unknown account', 'devices', '{"phoneNumber": "19999999999"}', /no account/],
    ['an invalid phone number', 'createAccount', '{"phoneNumber": "+49 123"}', /phone number/],
    [
      'a message that is not an object',
      'sendMessage',
      `{"from": "${BOB}", "to": "${ALICE}", "message": "hello"}`,
      /message must be an object/
    ],
    ['a message that protobuf cannot encode', 'sendMessage', `{"from": "${BOB}", "to": "${ALICE}", "message": {"imageMessage": 7}}`, /.+/],
    [
      'an addressing that does not exist',
      'sendMessage',
      `{"from": "${BOB}", "to": "${ALICE}", "message": {}, "addressing": "x"}`,
      /one of pn, lid/
    ],
    ['an unknown group', 'sendGroupMessage', `{"from": "${BOB}", "groupJid": "1@g.us", "message": {}}`, /no group/],
    ['a wait beyond ten minutes', 'received', `{"phoneNumber": "${BOB}", "waitMs": 1e9}`, /waitMs/],
    ['an unknown fault', 'setFaults', '{"faults": {"explode": true}}', /unknown faults: explode/],
    ['an impossible share', 'setFaults', '{"faults": {"drop": 2}}', /share from 0 to 1/],
    [
      'an upgrade fault for one account',
      'setFaults',
      `{"phoneNumber": "${ALICE}", "faults": {"refuseUpgradeWith": 503}}`,
      /applies to all clients/
    ],
    ['a stream error without code', 'disconnect', `{"phoneNumber": "${ALICE}", "how": "stream-error"}`, /code or a conflict/],
    ['a stanza without tag', 'sendStanza', `{"phoneNumber": "${ALICE}", "stanza": {"attrs": {}}}`, /needs a tag/],
    [
      'a stanza with wrong content',
      'sendStanza',
      `{"phoneNumber": "${ALICE}", "stanza": {"tag": "x", "attrs": {}, "content": 7}}`,
      /content of a stanza/
    ],
    ['an unknown event', 'provoke', `{"event": "nonsense", "phoneNumber": "${ALICE}"}`, /no stimulus/],
    ['an event without a linked device', 'provoke', `{"event": "call", "phoneNumber": "${BOB}"}`, /no linked device/],
    ['a device that never connects', 'awaitDevice', `{"phoneNumber": "${BOB}", "online": true, "waitMs": 20}`, /in time/]
  ])('refuses %s with status 400 and a reason', async (_case, operation, body, reason) => {
    const answer = await raw(operation, body);
    expect(answer.status).toBe(400);
    expect(answer.body.error).toMatch(reason);
    expect((await raw('stats', '')).status).toBe(200);
  });

  it('refuses GET', async () => {
    expect((await raw('stats', '', 'GET')).body.error).toMatch(/POST/);
  });

  it('refuses a body beyond its limit', async () => {
    const refusal = await raw('stats', JSON.stringify({ padding: 'x'.repeat(17 * 1024 * 1024) })).then(
      answer => answer.body.error,
      // The connection may be closed while the client is still writing.
      () => 'the body must be at most 16 MiB'
    );
    expect(refusal).toMatch(/must be at most/);
    expect((await raw('stats', '')).status).toBe(200);
  });

  it('survives bytes that match no protocol, on both ports', async () => {
    for (const url of [simulator.ready.controlUrl, simulator.ready.url]) {
      const socket = connect(Number(new URL(url).port), '127.0.0.1');
      socket.on('error', () => socket.destroy());
      socket.end('\0\x01\xff garbage\r\n\r\n');
      socket.resume();
      await once(socket, 'close');
    }
    expect((await raw('stats', '')).status).toBe(200);
  });

  it.each([
    ['a wrong prologue', Buffer.from('XX__')],
    ['a first frame that is not a handshake', Buffer.concat([Buffer.from([0x57, 0x41, 6, 3]), encodeFrame(Buffer.from('nonsense'))])],
    ['a truncated handshake', Buffer.concat([Buffer.from([0x57, 0x41, 6, 3]), encodeFrame(Buffer.from([10, 2, 10, 0]))])]
  ])('disconnects a client that sends %s', async (_case, bytes) => {
    const socket = new WebSocket(simulator.ready.url);
    await once(socket, 'open');
    socket.send(bytes);
    await once(socket, 'close');
    expect((await raw('stats', '')).status).toBe(200);
  });

  it('survives malformed stanzas of a linked device', async () => {
    const { socket } = await pairedClient(simulator, ALICE);
    const nonsense: BinaryNode[] = [
      { tag: 'message', attrs: {} },
      {
        tag: 'message',
        attrs: { id: 'x', to: 'nobody@s.whatsapp.net' },
        content: [{ tag: 'enc', attrs: { type: 'msg' }, content: Buffer.from('x') }]
      },
      {
        tag: 'message',
        attrs: { id: 'y', to: `${BOB}@s.whatsapp.net` },
        content: [{ tag: 'enc', attrs: { type: 'pkmsg' }, content: Buffer.from('x') }]
      },
      { tag: 'receipt', attrs: { id: 'z', to: `${BOB}@s.whatsapp.net`, type: 'retry' }, content: [{ tag: 'keys', attrs: {} }] },
      { tag: 'receipt', attrs: {} },
      { tag: 'ack', attrs: {} },
      { tag: 'presence', attrs: { type: 'subscribe', to: 'x' } },
      { tag: 'chatstate', attrs: {} },
      { tag: 'nonsense', attrs: {} }
    ];
    for (const stanza of nonsense) await socket.sendNode(stanza);
    for (const xmlns of ['encrypt', 'md', 'usync', 'w:g2', 'w:sync:app:state', 'nonsense']) {
      for (const type of ['get', 'set'])
        await socket.query({ tag: 'iq', attrs: { to: '@s.whatsapp.net', xmlns, type } }).catch(() => undefined);
    }
    expect(await socket.fetchBlocklist()).toEqual([]);
    await socket.end(undefined);
  });

  it('invents the missing fields of a new account', async () => {
    const first = await post<{ phoneNumber: string; pnJid: string; lidJid: string }>(simulator, 'createAccount', {});
    const second = await post<{ phoneNumber: string }>(simulator, 'createAccount', {});
    expect(first.pnJid).toBe(`${first.phoneNumber}@s.whatsapp.net`);
    expect(first.lidJid).toMatch(/^\d+@lid$/);
    expect(second.phoneNumber).not.toBe(first.phoneNumber);
  });

  it('waits for a condition instead of polling', async () => {
    const { socket } = await pairedClient(simulator, ALICE);
    const waiting = post<{ text: string }[]>(simulator, 'received', { phoneNumber: BOB, from: ALICE, atLeast: 1, waitMs: 20_000 });
    await socket.sendMessage(`${BOB}@s.whatsapp.net`, { text: 'late' });
    expect((await waiting).map(({ text }) => text)).toEqual(['late']);
    await socket.end(undefined);
  });

  it('sends a stanza unchanged, queued or not', async () => {
    const { trace, socket } = await pairedClient(simulator, ALICE);
    const presence = { tag: 'presence', attrs: { from: `${BOB}@s.whatsapp.net`, type: 'unavailable', last: '1700000000' } };
    await post(simulator, 'sendStanza', { phoneNumber: ALICE, stanza: presence, volatile: true });
    const update = await trace.find('presence.update', each => each);
    expect(Object.values(update.presences)).toEqual([{ lastKnownPresence: 'unavailable', lastSeen: 1_700_000_000 }]);
    await socket.end(undefined);
  });
});
