import { EventEmitter } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { BinaryNode } from '@whiskeysockets/baileys';
import { pino } from 'pino';
import { makeEventBuffer } from '../baileys.js';
import { baileysLogger } from '../baileys.logger.js';
import { EngineFigures } from '../engine-figures.js';
import { Inbox, InboxPass } from '../inbox.js';
import { BoundedCache } from '../bounded.cache.js';
import { Acknowledger } from './acknowledger.js';
import { IgnoredChats } from './ignored-chats.js';
import { MessageReception, CurrentStanza, onEveryEvent } from './message-reception.js';

class RecordingInbox extends Inbox {
  readonly begun: string[] = [];
  load = () => Promise.resolve();
  takeKept = () => [];
  recover = () => Promise.resolve(0);
  forget = () => undefined;
  full: Promise<void> | null = null;
  room = () => this.full;
  begin(messageId: string): InboxPass {
    this.begun.push(messageId);
    const emitted = messageId.startsWith('e');
    return new (class extends InboxPass {
      readonly emitted = emitted;
      recall = () => Promise.resolve(null);
      draft = (): Promise<never> => Promise.reject(new Error('nothing is decrypted here'));
      enter = () => undefined;
      end = () => undefined;
    })();
  }
}

const message = (id: string, offline?: string): BinaryNode => ({
  tag: 'message',
  attrs: { id, ...(offline === undefined ? {} : { offline }) },
  content: [{ tag: 'enc', attrs: {}, content: Buffer.from(id) }]
});

function receive(
  handle: (stanza: BinaryNode, log: string[], currentStanza: CurrentStanza) => Promise<void>,
  recover = () => Promise.resolve()
) {
  const stanzas = new EventEmitter({ captureRejections: true });
  const log: string[] = [];
  const currentStanza = new CurrentStanza();
  const inbox = new RecordingInbox();
  const state = { connected: true };
  const acks: BinaryNode[] = [];
  const opened: string[] = [];
  const acknowledger = new Acknowledger({
    askedAgain: new BoundedCache({ max: 1 }),
    isUnsealed: () => false,
    mayAskAgain: () => true,
    own: () => 'me:2@s.whatsapp.net',
    isOwn: jid => jid.startsWith('me'),
    figures: new EngineFigures(),
    logger: pino({ level: 'silent' })
  });
  acknowledger.attach(stanzas, ack => {
    acks.push(ack);
    log.push(`acknowledged ${ack.attrs['id']}`);
    return Promise.resolve();
  });
  const ignored = new IgnoredChats(() => ['groups', 'status']);
  stanzas.on('error', (error: Error) => log.push(`rejected ${error.message}`));
  stanzas.on('CB:message', (stanza: BinaryNode) => handle(stanza, log, currentStanza));
  const reception = new MessageReception({
    session: 'a',
    stanzas,
    inbox,
    currentStanza,
    recover,
    identify: () => null,
    isSealed: ({ attrs }) => !attrs['id']!.startsWith('u'),
    keep: async ({ attrs }) => void log.push(`kept ${attrs['id']}`),
    connected: () => state.connected,
    acknowledger,
    ignored,
    around: (_stanza, handle) => handle(),
    openEarly: async ({ attrs: { id } }) => {
      opened.push(id!);
      await nextTurn();
      return !/^[cu]/.test(id!);
    }
  });
  return { stanzas, log, acks, opened, currentStanza, inbox, state, reception };
}

const settle = async (): Promise<void> => {
  for (let i = 0; i < 30; i++) await nextTurn();
};

test('handles stanzas one after another, fast or slow', async () => {
  const { stanzas, log } = receive(async ({ attrs }, seen) => {
    for (let i = 0; i < 8 - 2 * Number(attrs['id']); i++) await nextTurn();
    seen.push(attrs['id']!);
  });
  stanzas.emit('CB:success');
  for (const id of ['1', '2', '3']) stanzas.emit('CB:message', message(id));
  await settle();
  expect(log).toEqual(['1', '2', '3']);
});

test('acknowledges messages of ignored chats without handling them', async () => {
  const { stanzas, log, acks } = receive(({ attrs }, seen) => Promise.resolve(void seen.push(attrs['id']!)));
  const participant = '1@lid';
  const ofGroup = { ...message('2'), attrs: { id: '2', from: '1203@g.us', participant } };
  const post = { ...message('4'), tag: 'status', attrs: { id: '4', from: 'status@broadcast', participant } };
  stanzas.emit('CB:success');
  for (const stanza of [message('1'), ofGroup, message('3')]) stanzas.emit('CB:message', stanza);
  stanzas.emit('CB:status', post);
  await settle();
  expect(log).toEqual(['1', 'acknowledged 2', '3', 'acknowledged 4']);
  // Without an error: WhatsApp would keep a stanza with an error at the head of the queue (Baileys PR 2779).
  expect(acks.map(({ attrs }) => attrs)).toEqual([
    { id: '2', to: '1203@g.us', class: 'message', participant },
    { id: '4', to: 'status@broadcast', class: 'status', participant, from: 'me:2@s.whatsapp.net' }
  ]);
});

test('stores unencrypted stanzas before they are handled', async () => {
  const unsealed: boolean[] = [];
  const { stanzas, log } = receive(({ attrs: { id } }, seen, current) => {
    unsealed.push(current.isUnsealed(id!), current.isUnsealed('other'));
    return Promise.resolve(void seen.push(id!));
  });
  stanzas.emit('CB:success');
  for (const id of ['1', 'u2']) stanzas.emit('CB:message', message(id));
  await settle();
  expect(log).toEqual(['1', 'kept u2', 'u2']);
  expect(unsealed).toEqual([false, false, true, false]);
});

test('continues after a failure, which the emitter receives', async () => {
  const { stanzas, log } = receive(async ({ attrs }, seen) => {
    await nextTurn();
    if (attrs['id'] === '1') throw new Error('bad stanza');
    seen.push(attrs['id']!);
  });
  stanzas.emit('CB:success');
  for (const id of ['1', '2']) stanzas.emit('CB:message', message(id));
  await settle();
  expect(log.sort()).toEqual(['2', 'rejected bad stanza']);
});

test('starts nothing before the login and the backlog', async () => {
  let recovered = (): void => undefined;
  const { stanzas, log } = receive(
    ({ attrs }, seen) => Promise.resolve(void seen.push(attrs['id']!)),
    () => new Promise<void>(resolve => (recovered = resolve))
  );
  stanzas.emit('CB:message', message('1'));
  await settle();
  expect(log).toEqual([]);
  stanzas.emit('CB:success');
  await settle();
  expect(log).toEqual([]);
  recovered();
  await settle();
  expect(log).toEqual(['1']);
});

test('starts nothing after the connection ended', async () => {
  const { stanzas, log, state } = receive(({ attrs }, seen) => Promise.resolve(void seen.push(attrs['id']!)));
  stanzas.emit('CB:success');
  stanzas.emit('CB:message', message('1'));
  await settle();
  state.connected = false;
  stanzas.emit('CB:message', message('2'));
  await settle();
  expect(log).toEqual(['1']);
});

test('hides the backlog mark while the handling starts', async () => {
  const { stanzas, log } = receive(async ({ attrs }, seen) => {
    const atStart = attrs['offline'];
    await nextTurn();
    seen.push(`${atStart} ${attrs['offline']}`);
  });
  stanzas.emit('CB:success');
  stanzas.emit('CB:message', message('1', '1'));
  // `0` is a time of zero: the stanza is live.
  stanzas.emit('CB:message', message('2', '0'));
  stanzas.emit('CB:message', message('3'));
  await settle();
  expect(log).toEqual(['undefined 1', 'undefined undefined', 'undefined undefined']);
});

test('finds the stanza of a ciphertext while it is handled', async () => {
  const found: unknown[] = [];
  const { stanzas, currentStanza, inbox } = receive(async (stanza, _log, hand) => {
    await nextTurn();
    const [enc] = stanza.content as BinaryNode[];
    found.push(hand.containing(enc!.content as Buffer)?.stanza === stanza, hand.containing(Buffer.from(stanza.attrs['id']!)));
  });
  stanzas.emit('CB:success');
  const one = message('1');
  stanzas.emit('CB:message', one);
  stanzas.emit('CB:message', message('2'));
  await settle();
  expect(found).toEqual([true, null, true, null]);
  expect(inbox.begun).toEqual(['1', '2']);
  expect(currentStanza.containing((one.content as BinaryNode[])[0]!.content as Buffer)).toBeNull();
});

describe('stanzas that wait for their turn', () => {
  function blocked() {
    const gates: (() => void)[] = [];
    const all = receive(({ attrs }, log) => {
      log.push(attrs['id']!);
      return new Promise<void>(resolve => gates.push(resolve));
    });
    all.stanzas.emit('CB:success');
    const handleNext = async (): Promise<void> => {
      gates.shift()!();
      await settle();
    };
    return { ...all, handleNext };
  }

  test('are opened in the order of reception', async () => {
    const { stanzas, log, opened } = blocked();
    for (const id of ['1', '2', '3']) stanzas.emit('CB:message', message(id));
    await settle();
    expect([log, opened]).toEqual([['1'], ['1', '2', '3']]);
  });

  test('stay closed behind a stanza that could not be opened', async () => {
    const { stanzas, log, opened, handleNext } = blocked();
    for (const id of ['1', 'c2', '3', '4']) stanzas.emit('CB:message', message(id));
    await settle();
    expect(opened).toEqual(['1', 'c2']);
    await handleNext();
    expect([log, opened]).toEqual([
      ['1', 'c2'],
      ['1', 'c2']
    ]);
    await handleNext();
    expect([log, opened]).toEqual([
      ['1', 'c2', '3'],
      ['1', 'c2', '3', '4']
    ]);
  });

  test('are opened early up to a limit', async () => {
    const { stanzas, opened, handleNext } = blocked();
    for (let id = 1; id <= 40; id++) stanzas.emit('CB:message', message(String(id)));
    await settle();
    const first = opened.length;
    expect(first).toBeLessThan(20);
    await handleNext();
    expect(opened).toHaveLength(first + 1);
  });

  test('wait if the log is behind', async () => {
    const { stanzas, log, inbox } = blocked();
    let free = (): void => undefined;
    inbox.full = new Promise(resolve => (free = resolve));
    stanzas.emit('CB:message', message('1'));
    await settle();
    expect(log).toEqual([]);
    free();
    await settle();
    expect(log).toEqual(['1']);
  });

  test('stay closed in ignored chats', async () => {
    const { stanzas, opened } = blocked();
    stanzas.emit('CB:message', message('1'));
    stanzas.emit('CB:message', { ...message('2'), attrs: { id: '2', from: '1203@g.us' } });
    await settle();
    expect(opened).toEqual(['1']);
  });

  test('stay closed if the connection has ended', async () => {
    const { stanzas, opened, state } = blocked();
    stanzas.emit('CB:message', message('1'));
    await settle();
    state.connected = false;
    stanzas.emit('CB:message', message('2'));
    await settle();
    expect(opened).toEqual(['1']);
  });
});

test('reports whether a stanza produced an event', async () => {
  const { reception } = receive(() => Promise.resolve());
  expect([await reception.handle(message('e1')), await reception.handle(message('x1'))]).toEqual([true, false]);
});

const silent = baileysLogger({ trace: () => undefined, debug: () => undefined, warn: () => undefined }, new AbortController().signal);

describe('every event of a socket', () => {
  test('arrives in the order of emission if handlers emit', () => {
    const ev = makeEventBuffer(silent);
    ev.on('connection.update', ({ connection }) => {
      if (connection === 'open') ev.emit('connection.update', { isOnline: false });
    });
    const seen: unknown[] = [];
    onEveryEvent(ev, events => seen.push(events));
    ev.emit('connection.update', { connection: 'open' });
    ev.emit('call', []);
    expect(seen).toEqual([{ 'connection.update': { connection: 'open' } }, { 'connection.update': { isOnline: false } }, { call: [] }]);
  });

  test('arrives even if a later Baileys adds its name', () => {
    const ev = makeEventBuffer(silent);
    const seen: unknown[] = [];
    onEveryEvent(ev, events => seen.push(events));
    (ev.emit as (name: string, payload: unknown) => boolean)('event.of.tomorrow', { a: 1 });
    expect(seen).toEqual([{ 'event.of.tomorrow': { a: 1 } }]);
  });

  test('arrives after the buffer if Baileys buffers', () => {
    const ev = makeEventBuffer(silent);
    const seen: string[] = [];
    onEveryEvent(ev, events => seen.push(...Object.keys(events)));
    ev.buffer();
    ev.emit('chats.delete', ['1@s.whatsapp.net']);
    expect(seen).toEqual([]);
    ev.flush();
    expect(seen).toEqual(['chats.delete']);
  });
});
