import { MESSAGE_KINDS, type Withheld } from '@wabus/contracts';
import { awaitCondition, type SimulatedAccount } from '@wabus/testing';
import { proto } from '@whiskeysockets/baileys';
import { ConnectorFixture, type ConnectorSession } from './connector.fixture.js';

type Linked = ConnectorSession & { account: SimulatedAccount };
interface Upserted {
  type: string;
  messages: { key: { remoteJid: string; id: string; participant?: string }; message?: unknown; withheld?: Withheld; pushName?: string }[];
}

const DAY_SECONDS = 86_400;
const PERSON = '4915559990001@s.whatsapp.net';
let fixture: ConnectorFixture;
let session: Linked;
let sent = 0;

beforeAll(async () => {
  fixture = await ConnectorFixture.start();
  session = await fixture.linkSession();
}, 60_000);
afterAll(() => fixture.stop());

const now = (): number => Math.floor(Date.now() / 1000);

/** Sends a `message` stanza and returns its event. */
async function receive(attrs: Record<string, string>, content: readonly object[]): Promise<Upserted> {
  const id = `W${++sent}`;
  const { phoneNumber } = session.account;
  const stanza = { tag: 'message', attrs: { id, t: String(now()), type: 'text', notify: 'Somebody', ...attrs }, content };
  await fixture.simulator.control.sendStanza({ phoneNumber, stanza: stanza as never });
  const { body } = await session.awaitEvent('messages.upsert', text => text.includes(`"id":"${id}"`));
  return JSON.parse(body) as Upserted;
}

const unavailable = (type?: string): object => ({ tag: 'unavailable', attrs: type === undefined ? {} : { type } });
const enc = (type = 'msg'): object => ({
  tag: 'enc',
  attrs: { v: '2', type },
  content: { base64: Buffer.alloc(64, 3).toString('base64') }
});

/** The forms are those of whatsmeow (`events.UndecryptableMessage`, `types.JID`) and of Baileys' `messages-recv`. */
test.each<[string, Record<string, string>, object, Withheld]>([
  ['that can be viewed once', { from: PERSON }, unavailable('view_once'), { reason: 'view-once', final: true }],
  [
    'that can be viewed once, as a fan-out',
    { from: PERSON },
    unavailable('view_once_unavailable_fanout'),
    { reason: 'view-once', final: true }
  ],
  ['for a hosted account', { from: PERSON }, unavailable('hosted_unavailable_fanout'), { reason: 'hosted', final: true }],
  ['for an assistant', { from: PERSON }, unavailable('bot_unavailable_fanout'), { reason: 'bot', final: true }],
  ['that only the phone has', { from: PERSON }, unavailable(), { reason: 'absent', final: false }],
  ['in a group', { from: '120363000000000001@g.us', participant: PERSON }, unavailable('view_once'), { reason: 'view-once', final: true }],
  ['from last month', { from: PERSON, t: String(now() - 30 * DAY_SECONDS) }, unavailable(), { reason: 'expired', final: true }],
  ['from an assistant', { from: '867051314767696@bot' }, enc(), { reason: 'bot', final: true }],
  ["with an assistant's answer", { from: PERSON }, enc('msmsg'), { reason: 'bot', final: true }],
  ['from another service', { from: '1234@interop' }, enc(), { reason: 'other-service', final: true }],
  ['of Messenger', { from: '1234@msgr' }, enc(), { reason: 'other-service', final: true }],
  ['from an unknown server', { from: '1234@tomorrow' }, enc(), { reason: 'unknown-sender', final: true }],
  ['from a sender without a server', { from: '1234' }, enc(), { reason: 'unknown-sender', final: true }],
  ['to somebody else', { from: PERSON, recipient: '4915559990002@s.whatsapp.net' }, enc(), { reason: 'malformed', final: true }]
])(
  'a message %s is an event with the reason',
  async (_what, attrs, content, withheld) => {
    const { type, messages } = await receive(attrs, [content]);
    expect(type).toBe('notify');
    expect(messages).toHaveLength(1);
    const { participant } = attrs;
    const key = { remoteJid: attrs['from'], fromMe: false, ...(participant ? { participant } : {}) };
    expect(messages[0]).toMatchObject({ key, pushName: 'Somebody', withheld });
    expect(messages[0]).not.toHaveProperty('message');
  },
  20_000
);

test('a message that waited is one of the backlog', async () => {
  const { type } = await receive({ from: '867051314767696@bot', offline: '1' }, [enc()]);
  expect(type).toBe('append');
}, 20_000);

test('a message of the former server is readable', async () => {
  const plaintext = { tag: 'plaintext', attrs: {}, content: { base64: Buffer.from([0x0a, 2, 0x68, 0x69]).toString('base64') } };
  const { messages } = await receive({ from: PERSON.replace('@s.whatsapp.net', '@c.us') }, [plaintext]);
  expect(messages).toMatchObject([{ key: { remoteJid: PERSON }, message: { conversation: 'hi' } }]);
  expect(messages[0]).not.toHaveProperty('withheld');
}, 20_000);

describe('contents with missing parts', () => {
  const { ProtocolMessage } = proto.Message;
  const empty = Object.keys(MESSAGE_KINDS).map((kind): [string, object] => [kind, { [kind]: kind === 'conversation' ? '' : {} }]);
  const changes = Object.entries(ProtocolMessage.Type).map(([name, type]): [string, object] => [name, { protocolMessage: { type } }]);
  const keyless: [string, object][] = [
    ['a reaction', { reactionMessage: { text: '+' } }],
    ['a vote', { pollUpdateMessage: { vote: { encPayload: 'AAAA', encIv: 'AAAA' } } }],
    ['an answer to an event', { encEventResponseMessage: { encPayload: 'AAAA', encIv: 'AAAA' } }],
    ['an edit', { secretEncryptedMessage: { secretEncType: 2 } }],
    ['a pin', { pinInChatMessage: { type: 1 } }],
    ['an edit of nothing', { protocolMessage: { type: 14, editedMessage: {} } }],
    ['a poll without options', { pollCreationMessageV3: { options: [{}] } }]
  ];
  const contents = [...empty, ...changes, ...keyless];
  const wrapped = contents.map(([what, message]): [string, object] => [`${what}, wrapped`, { ephemeralMessage: { message } }]);

  test.each([true, false])(
    'are still emitted, written by a contact: %s',
    async byContact => {
      const contact = await fixture.simulator.control.createAccount({});
      const [from, to] = byContact ? [contact, session.account] : [session.account, contact];
      const sent = new Map<string, string>();
      for (const [what, message] of [...contents, ...wrapped]) {
        const { id } = await fixture.simulator.control.sendMessage({ from: from.phoneNumber, to: to.phoneNumber, message });
        sent.set(what, id);
      }
      const { id: last } = await fixture.simulator.control.sendMessage({
        from: from.phoneNumber,
        to: to.phoneNumber,
        message: { conversation: 'last' }
      });
      await session.awaitEvent('messages.upsert', body => body.includes(last));
      const bodies = session.events('messages.upsert').map(({ body }) => body);
      const without = [...sent].filter(([, id]) => !bodies.some(body => body.includes(`"id":"${id}"`)));
      expect(without.map(([what]) => what)).toEqual([]);
      const stubs = [...sent].filter(([, id]) =>
        bodies.some(body => body.includes(`"id":"${id}"`) && body.includes('"messageStubType":2'))
      );
      expect(stubs).toEqual([]);
      await awaitCondition(
        () => fixture.simulator.control.devices({ phoneNumber: session.account.phoneNumber }),
        ([device]) => device?.unconfirmed === 0,
        { what: 'confirmations' }
      );
    },
    120_000
  );
});
