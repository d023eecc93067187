import type { Random } from '../seeded-random.js';
import { below, mutated, oddValue, pick } from './mutation.js';

/** One hostile connection of a client: its bytes, and how it ends. */
export interface HostileCase {
  readonly parser: string;
  /** Sent one after the other over one TCP connection. */
  readonly bytes: Buffer;
  /** Whether the client ends its side once all is sent, disconnects immediately, or waits. */
  readonly ending: 'half-closes' | 'goes' | 'waits';
}

/** The client that sends the requests, and the session in them. */
export interface HostileClient {
  readonly token: string;
  readonly session: string;
}

const PARSERS = ['multipart', 'json', 'query', 'head', 'polling', 'websocket', 'socket.io'] as const;
const SID = 'AAAAAAAAAAAAAAAAAAAA';

/** Returns a hostile connection against one of the parsers of an edge; the same random numbers give the same connection. */
export function hostileCase(random: Random, client: HostileClient): HostileCase {
  const parser = pick(random, PARSERS);
  const ending = pick(random, ['half-closes', 'half-closes', 'goes', 'waits'] as const);
  const bytes = BYTES[parser](random, client);
  // An event stream continues for a client that ends only its side.
  return { parser, bytes, ending: bytes.includes('event-stream') ? 'waits' : ending };
}

const BYTES: Record<(typeof PARSERS)[number], (random: Random, client: HostileClient) => Buffer> = {
  multipart: (random, client) => {
    const field = '--b\r\nContent-Disposition: form-data; name="x"\r\n\r\n1\r\n';
    const file = '--b\r\nContent-Disposition: form-data; name="f"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\ncontent\r\n';
    const bare = '--b\r\n\r\n';
    const parts = Array.from({ length: below(random, 24) }, () => pick(random, [field, file, bare, '--b\r\n']));
    const body = mutated(random, Buffer.from(`${parts.join('')}--b--\r\n`));
    const type = pick(random, [
      'multipart/form-data; boundary=b',
      'multipart/form-data; boundary="b"',
      'multipart/form-data',
      'multipart/form-data; boundary='
    ]);
    return request(random, client, { line: `POST /api/sessions/${client.session}/media`, type, body });
  },
  json: (random, client) => {
    const path = pick(random, [
      '/messages',
      '/commands/sendMessage',
      '/commands/relayMessage',
      '/media/download',
      '/webhooks',
      '/connection/config',
      '/connection/qrcode'
    ]);
    const valid = {
      jid: '1@s.whatsapp.net',
      content: { text: 'x' },
      args: oddValue(random),
      url: 'https://example.org',
      events: ['call'],
      [pick(random, ['a', 'session'])]: oddValue(random)
    };
    const body = random() < 0.5 ? Buffer.from(JSON.stringify(valid)) : mutated(random, Buffer.from(JSON.stringify(valid)));
    const line = random() < 0.2 ? 'POST /api/mcp' : `POST /api/sessions/${client.session}${path}`;
    return request(random, client, {
      line,
      type: pick(random, ['application/json', 'application/json; charset=utf-16', 'text/plain']),
      body
    });
  },
  query: (random, client) => {
    const path = pick(random, [
      '/events',
      '/store/chats',
      '/store/messages/search',
      '/store/chats/1@s.whatsapp.net/messages',
      '/qr',
      '/media/AAAA',
      '/media/media_AAAAAAAAAAAAAAAAAAAAAAAA'
    ]);
    const names = ['since', 'until', 'cursor', 'before', 'limit', 'events', 'chats', 'query', 'format', 'message'];
    const value = (): string =>
      encodeURIComponent(
        mutated(random, Buffer.from(pick(random, ['eyJzIjoiYSIsIm4iOjF9', '2026-01-01T00:00:00Z', '17', 'messages.*', '1-2'])))
          .toString('latin1')
          .slice(0, 300)
      );
    const query = Array.from({ length: below(random, 5) }, () => `${pick(random, names)}=${value()}`).join('&');
    const headers = [
      'Range: bytes=0-',
      `Range: bytes=${value()}`,
      `Last-Event-ID: ${value()}`,
      'Accept: text/event-stream',
      'Accept: application/x-ndjson',
      `If-Range: ${value()}`
    ];
    const method = pick(random, ['GET', 'HEAD', 'DELETE', 'PUT']);
    return request(random, client, { line: `${method} /api/sessions/${client.session}${path}?${query}`, headers: [pick(random, headers)] });
  },
  head: (random, client) => mutated(random, request(random, client, { line: `GET /api/sessions/${client.session}` })),
  polling: (random, client) => {
    const packets = ['0{"token":"x"}', '40/api/events,{"token":"x"}', '42/api/events,1["subscribe",["call"]]', '2probe', '5', 'bAAAA'].join(
      '\x1e'
    );
    const query = pick(random, [
      'EIO=4&transport=polling',
      `EIO=4&transport=polling&sid=${SID}`,
      'EIO=3&transport=polling',
      'EIO=4&transport=x',
      'EIO=4&transport=polling&j=0',
      ''
    ]);
    const body = mutated(random, Buffer.from(packets));
    return request(random, client, { line: `POST /socket.io/?${query}`, type: 'text/plain;charset=UTF-8', body });
  },
  websocket: (random, client) => {
    const frames = Array.from({ length: 1 + below(random, 6) }, () =>
      frame(random, Buffer.from(pick(random, ['40', '2', '2probe', '5', '6', '42[]', 'b4AAAA'])))
    );
    return Buffer.concat([upgrade(client), mutated(random, Buffer.concat(frames))]);
  },
  'socket.io': (random, client) => {
    const auth = JSON.stringify({ token: client.token });
    const messages = [
      `42/api/events,1["subscribe",${JSON.stringify(oddValue(random))}]`,
      `42/api/events,2["command",${JSON.stringify({ session: client.session, method: 'sendMessage', args: oddValue(random) })}]`,
      `42/api/events,3["subscribe",${JSON.stringify({ durable: 'x', events: oddValue(random) })}]`,
      `42/api/events,4["unsubscribe",${JSON.stringify(oddValue(random))}]`,
      '43/api/events,1[]',
      '451-/api/events,["subscribe",{"_placeholder":true,"num":0}]',
      '44/api/events,{}'
    ];
    const sent = Array.from({ length: 1 + below(random, 5) }, () => pick(random, messages));
    const texts = sent.map(text => (random() < 0.5 ? mutated(random, Buffer.from(text)) : Buffer.from(text)));
    return Buffer.concat([
      upgrade(client),
      ...[Buffer.from(`40/api/events,${auth}`), ...texts].map(text => frame(random, text, { opcode: 1 }))
    ]);
  }
};

function request(
  random: Random,
  { token }: HostileClient,
  { line, type, body, headers = [] }: { line: string; type?: string; body?: Buffer; headers?: string[] }
): Buffer {
  const announced = body === undefined ? null : random() < 0.8 ? body.length : body.length + below(random, 100);
  const head = [
    `${line} HTTP/1.1`,
    'Host: localhost',
    `Authorization: Bearer ${token}`,
    ...(type === undefined ? [] : [`Content-Type: ${type}`]),
    ...(announced === null ? [] : [`Content-Length: ${announced}`]),
    ...headers,
    'Connection: close'
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body ?? Buffer.alloc(0)]);
}

function upgrade({ token }: HostileClient): Buffer {
  const head = [
    'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
    'Host: localhost',
    `Authorization: Bearer ${token}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=='
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n`);
}

/** Builds a frame of RFC 6455 with the mask that clients use; without `opcode` the opcode is random and sometimes reserved. */
function frame(random: Random, payload: Buffer, { opcode = pick(random, [0, 1, 1, 1, 2, 3, 8, 9, 10]) } = {}): Buffer {
  const { length } = payload;
  const size =
    length < 126 ? Buffer.from([0x80 | length]) : length < 65_536 ? Buffer.from([0xfe, length >> 8, length & 255]) : Buffer.alloc(9);
  if (length >= 65_536) {
    size[0] = 0xff;
    size.writeBigUInt64BE(BigInt(length), 1);
  }
  const mask = Buffer.from(Array.from({ length: 4 }, () => below(random, 256)));
  return Buffer.concat([Buffer.from([0x80 | opcode]), size, mask, payload.map((byte, i) => byte ^ mask[i % 4]!)]);
}

const TAGS = [
  'message',
  'receipt',
  'notification',
  'iq',
  'ack',
  'call',
  'presence',
  'chatstate',
  'ib',
  'success',
  'stream:error',
  'xmlstreamend',
  ''
];
const NAMES = ['id', 'from', 'to', 'type', 'participant', 't', 'class', 'offline', 'xmlns', 'code', 'recipient', 'sender_pn', 'notify'];
const CHILDREN = [
  'enc',
  'dirty',
  'offline',
  'devices',
  'add',
  'remove',
  'collection',
  'pair-device',
  'props',
  'item',
  'list',
  'user',
  'retry',
  'registration',
  'offer',
  'terminate',
  'w:gp2',
  'create',
  'group',
  'unavailable'
];
/** These end a connection or a link, as they should. */
const ENDING = new Set(['stream:error', 'xmlstreamend', 'success']);

/** Returns a stanza as the service could send it by mistake, in the form that the simulator forwards unchanged. */
export function hostileStanza(
  random: Random,
  account: { readonly jid: string }
): { tag: string; attrs: Record<string, string>; content?: unknown } {
  const tag = pick(
    random,
    TAGS.filter(one => !ENDING.has(one) && one !== '')
  );
  return node(random, tag, account, 0);
}

function node(
  random: Random,
  tag: string,
  account: { readonly jid: string },
  depth: number
): { tag: string; attrs: Record<string, string>; content?: unknown } {
  const value = (): string =>
    pick(random, [
      '',
      '0',
      '-1',
      'x',
      account.jid,
      '1@s.whatsapp.net',
      '1-2@g.us',
      'status@broadcast',
      '@',
      '1@lid',
      '9'.repeat(50),
      '\u{1f4a9}',
      'set',
      'get',
      'pkmsg',
      'retry',
      'w:p',
      'md'
    ]);
  const attrs = Object.fromEntries(Array.from({ length: 1 + below(random, 6) }, () => [pick(random, NAMES), value()]));
  const kind = depth > 3 ? 2 : below(random, 4);
  if (kind === 0) return { tag, attrs };
  if (kind === 1) return { tag, attrs, content: value() };
  if (kind === 2)
    return {
      tag,
      attrs,
      content: { base64: Buffer.from(Array.from({ length: below(random, 200) }, () => below(random, 256))).toString('base64') }
    };
  return {
    tag,
    attrs,
    content: Array.from({ length: 1 + below(random, 3) }, () => node(random, pick(random, CHILDREN), account, depth + 1))
  };
}
