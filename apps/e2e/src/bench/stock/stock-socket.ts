/**
 * The other side of every comparison: a process of stock, unmodified Baileys sockets with keys in memory and nothing else. No code of ours may be
 * loaded here except the client of the simulator's control API.
 */
import { createServer, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import makeWASocket, { type BaileysEventMap, type GroupMetadata, type WASocket } from 'baileys-stock';
import { createSimulatorClient, scanUntilLinked } from '@wabus/testing';
import { MemoryKeys } from './memory-keys.store.js';
import { linkStockSocket } from './stock-linking.js';
import type { StockLaunch, StockOperations } from './stock.protocol.js';

const launch = JSON.parse(process.argv[2] ?? '{}') as StockLaunch;
const simulator = createSimulatorClient(launch.simulatorControlUrl);
const sockets = new Map<string, { socket: WASocket; keys: MemoryKeys }>();
let received = 0;

const silent = {
  level: 'silent',
  child: () => silent,
  trace: () => undefined,
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined
};

/** Connects a socket with the connector's settings, as far as they affect what the socket does and not how. */
function connect(keys: MemoryKeys): WASocket {
  const groups = new Map<string, GroupMetadata>();
  const socket = makeWASocket({
    waWebSocketUrl: launch.simulatorUrl,
    auth: keys.state,
    logger: silent,
    markOnlineOnConnect: false,
    syncFullHistory: false,
    generateHighQualityLinkPreview: false,
    cachedGroupMetadata: async jid => {
      const metadata = groups.get(jid) ?? (await socket.groupMetadata(jid));
      groups.set(jid, metadata);
      return metadata;
    }
  });
  socket.ev.on('messages.upsert', ({ messages }) => {
    for (const { key, message } of messages) if (!key.fromMe && message) received++;
  });
  return socket;
}

function until(socket: WASocket, predicate: (update: BaileysEventMap['connection.update']) => boolean) {
  return new Promise<BaileysEventMap['connection.update']>(resolve => {
    socket.ev.on('connection.update', update => {
      if (predicate(update)) resolve(update);
    });
  });
}

async function open(phoneNumber: string): Promise<void> {
  // Stock sockets fetch history files only from WhatsApp's public host.
  await simulator.setHistory({ phoneNumber, uploaded: false });
  const keys = new MemoryKeys(join(launch.folder, `${phoneNumber}.json`));
  if (!keys.state.creds.me) {
    const pairing = connect(keys);
    const closed = until(pairing, ({ connection }) => connection === 'close');
    await scanUntilLinked(simulator, phoneNumber, linkStockSocket(pairing, keys.state));
    await closed;
  }
  const socket = connect(keys);
  await Promise.all([
    until(socket, ({ connection }) => connection === 'open'),
    until(socket, ({ receivedPendingNotifications }) => receivedPendingNotifications === true)
  ]);
  sockets.set(phoneNumber, { socket, keys });
}

const operations: { [K in keyof StockOperations]: (args: Parameters<StockOperations[K]>[0]) => Promise<ReturnType<StockOperations[K]>> } = {
  async open({ phoneNumbers }) {
    for (const phoneNumber of phoneNumbers) await open(phoneNumber);
    return {};
  },
  async send({ phoneNumber, jid, messages, parallel }) {
    const { socket } = sockets.get(phoneNumber)!;
    let next = 0;
    const one = async (): Promise<void> => {
      while (next < messages) await socket.sendMessage(jid, { text: `text ${next++}`, linkPreview: null });
    };
    await Promise.all(Array.from({ length: parallel }, one));
    return {};
  },
  async save() {
    for (const { keys } of sockets.values()) keys.save();
    return {};
  },
  async usage() {
    const { user, system } = process.cpuUsage();
    return { cpuMs: (user + system) / 1_000, rssBytes: process.memoryUsage.rss(), received };
  }
};

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString() || '{}');
}

const server = createServer((request, response) => {
  const name = (request.url ?? '').slice(1) as keyof StockOperations;
  bodyOf(request)
    .then((args): Promise<object> => operations[name](args as never))
    .then(
      result => response.end(JSON.stringify(result)),
      (error: unknown) => response.writeHead(500).end(JSON.stringify({ error: String(error) }))
    );
});
server.requestTimeout = 0;
server.listen(launch.port, '127.0.0.1', () => process.stdout.write('ready\n'));
