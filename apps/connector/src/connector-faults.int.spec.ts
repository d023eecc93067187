import { awaitCondition, type SimulatedAccount, type StanzaJson } from '@wabus/testing';
import { ConnectorFixture, type ConnectorSession } from './connector.fixture.js';

let fixture: ConnectorFixture;
beforeAll(async () => {
  fixture = await ConnectorFixture.start();
});
afterAll(() => fixture.stop());

type Linked = ConnectorSession & { account: SimulatedAccount };

/** Sends a message from a contact to the session; resolves when it is in the log. */
async function receives(session: Linked, text: string): Promise<void> {
  const { phoneNumber } = await fixture.simulator.control.createAccount({});
  await fixture.simulator.control.sendMessage({ from: phoneNumber, to: session.account.phoneNumber, message: { conversation: text } });
  await session.awaitEvent('messages.upsert', body => body.includes(text));
}

describe('a session continues without a new QR code', () => {
  test('after an orderly stop, which leaves no connection behind', async () => {
    const session = await fixture.linkSession();
    const { epoch } = (await session.status())!;
    const codes = session.events('auth.qr').length;
    expect((await fixture.connector.stop()).code).toBe(0);
    await fixture.simulator.control.awaitDevice({ phoneNumber: session.account.phoneNumber, online: false, waitMs: 1_000 });
    await fixture.startConnector();
    const status = await session.awaitStatus(({ state, epoch: newer }) => state === 'open' && newer > epoch);
    expect(status.account?.id).toBe(session.account.pnJid);
    await receives(session, 'after the restart');
    expect(session.events('auth.qr')).toHaveLength(codes);
  });

  test('after a crash of its connector', async () => {
    const session = await fixture.linkSession();
    const { epoch } = (await session.status())!;
    await fixture.connector.kill();
    await fixture.startConnector();
    await session.awaitStatus(({ state, epoch: newer }) => state === 'open' && newer > epoch);
    await receives(session, 'after the crash');
  });

  test('after an outage of NATS, without losing a message', async () => {
    const session = await fixture.linkSession();
    await receives(session, 'before the outage');
    const { phoneNumber } = await fixture.simulator.control.createAccount({});
    await fixture.nats.kill();
    for (const text of ['first', 'second', 'third']) {
      await fixture.simulator.control.sendMessage({
        from: phoneNumber,
        to: session.account.phoneNumber,
        message: { conversation: `${text} in the dark` }
      });
    }
    await awaitCondition(
      () => fixture.readiness(),
      status => status === 503
    );
    await fixture.nats.restart();
    await session.awaitEvent('messages.upsert', body => body.includes('third in the dark'));
    const texts = session.events('messages.upsert').flatMap(({ body }) => /\w+ in the dark/.exec(body) ?? []);
    expect(texts).toEqual(['first in the dark', 'second in the dark', 'third in the dark']);
    await awaitCondition(
      () => fixture.readiness(),
      status => status === 200
    );
  });
});

const S = 's.whatsapp.net';
const GARBAGE: [what: string, stanza: StanzaJson][] = [
  [
    'an offer to link without references',
    { tag: 'iq', attrs: { from: S, type: 'set', id: '1' }, content: [{ tag: 'pair-device', attrs: {} }] }
  ],
  ['a linking without content', { tag: 'iq', attrs: { from: S, type: 'set', id: '2' }, content: [{ tag: 'pair-success', attrs: {} }] }],
  ['a message from nobody', { tag: 'message', attrs: { id: 'x' } }],
  [
    'a message that is no ciphertext',
    {
      tag: 'message',
      attrs: { from: '15550009999@s.whatsapp.net', id: 'y', t: '1' },
      content: [{ tag: 'enc', attrs: { v: '2', type: 'pkmsg' }, content: { base64: 'AAAA' } }]
    }
  ],
  [
    'a message that is no protobuf',
    {
      tag: 'message',
      attrs: { from: '15550009999@s.whatsapp.net', id: 'z', t: '1' },
      content: [{ tag: 'plaintext', attrs: {}, content: { base64: '/////w==' } }]
    }
  ],
  ['a receipt for nothing', { tag: 'receipt', attrs: { from: '15550009999@s.whatsapp.net' } }],
  ['a retry without a count', { tag: 'receipt', attrs: { type: 'retry', id: 'q', from: '15550009999@s.whatsapp.net' } }],
  ['a call without an offer', { tag: 'call', attrs: { from: '15550009999@s.whatsapp.net', id: 'c' } }],
  ['routing without routing', { tag: 'ib', attrs: {}, content: [{ tag: 'edge_routing', attrs: {} }] }],
  ['an unknown notification', { tag: 'notification', attrs: { type: 'surprise', from: S, id: 'n0' } }],
  ...[
    'w:gp2',
    'encrypt',
    'mediaretry',
    'newsletter',
    'mex',
    'account_sync',
    'server_sync',
    'picture',
    'devices',
    'link_code_companion_reg'
  ].map((type, i): [string, StanzaJson] => [
    `an empty ${type} notification`,
    { tag: 'notification', attrs: { type, from: S, id: `n${i + 1}`, t: '1' } }
  ]),
  [
    'a mex notification that is no JSON',
    {
      tag: 'notification',
      attrs: { type: 'mex', from: S, id: 'm', t: '1' },
      content: [{ tag: 'update', attrs: { op_name: 'MessageCappingInfoNotification' }, content: { base64: 'e3t7' } }]
    }
  ],
  ['a failure with a code that is no number', { tag: 'failure', attrs: { reason: 'because' } }],
  ['a stream error with a code that is no number', { tag: 'stream:error', attrs: { code: 'because' } }],
  ['a tag that nobody knows', { tag: 'surprise', attrs: {} }]
];

describe('a server that sends', () => {
  let victim: Linked;
  let bystander: Linked;
  let pid: number;
  beforeAll(async () => {
    [victim, bystander] = await Promise.all([fixture.linkSession(), fixture.linkSession()]);
    pid = fixture.connector.pid;
  });

  test.each(GARBAGE)('%s stops neither the process nor any session', async (what, stanza) => {
    await fixture.simulator.control.sendStanza({ phoneNumber: victim.account.phoneNumber, stanza, volatile: true });
    await victim.awaitState('open');
    await receives(victim, `to the victim of ${what}`);
    await receives(bystander, `beside ${what}`);
    expect(bystander.events('session.status').filter(({ body }) => body.includes('"waiting"'))).toEqual([]);
    expect([fixture.connector.running, fixture.connector.pid]).toEqual([true, pid]);
  });
});

describe('the output of the connector', () => {
  test('contains no keys, neither in events nor in logs', async () => {
    const session = await fixture.linkSession();
    const owner = await fixture.simulator.control.createAccount({});
    const { groupJid } = await fixture.simulator.control.createGroup({
      subject: 'g',
      owner: owner.phoneNumber,
      members: [session.account.phoneNumber]
    });
    await fixture.simulator.control.sendGroupMessage({ from: owner.phoneNumber, groupJid, message: { conversation: 'to the group' } });
    await session.awaitEvent('messages.upsert', body => body.includes('to the group'));
    await session.awaitEvent('messages.upsert', body => body.includes('protocolMessage'));
    await session.awaitEvent('creds.update');

    const bodies = fixture.events.map(({ body }) => body).join('\n');
    for (const name of ['keyData', 'senderKeyDistributionMessage', 'messageSecret', 'noiseKey"', 'signedIdentityKey"', 'private"']) {
      expect(bodies.replaceAll(/"changed":\[[^\]]*\]/g, '')).not.toContain(name);
    }
    const output = fixture.connector.lines.join('\n');
    expect(output).toContain('session state changed');
    for (const secret of [session.account.phoneNumber, owner.phoneNumber, 'to the group', 'privKey', 'SessionEntry', 'Buffer'])
      expect(output).not.toContain(secret);
  });
});
