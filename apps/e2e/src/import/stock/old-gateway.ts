/**
 * A gateway from which sessions are imported: stock, unmodified Baileys with its own `useMultiFileAuthState`, as
 * most bots and gateways store sessions. No code of ours may be loaded here except the client of the simulator's
 * control API and a feature that no stock client has: the response to the refresh while it is linked.
 */
import { createServer, type IncomingMessage } from 'node:http';
import { EventEmitter, once } from 'node:events';
import makeWASocket, { useMultiFileAuthState, type BaileysEventMap, type WASocket } from 'baileys-stock';
import { createSimulatorClient, scanUntilLinked } from '@wabus/testing';
import { linkStockSocket } from '../../bench/stock/stock-linking.js';
import type { OldGatewayLaunch, OldGatewayOperations } from './old-gateway.protocol.js';
import { rustSignalRepository } from './rust-signal.repository.js';

const launch = JSON.parse(process.argv[2] ?? '{}') as OldGatewayLaunch;
const simulator = createSimulatorClient(launch.simulatorControlUrl);
const texts = new Set<string>();
const arrivals = new EventEmitter().setMaxListeners(0);
let socket: WASocket;

const silent = {
  level: 'silent',
  child: () => silent,
  trace: () => undefined,
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined
};

async function connect(): Promise<WASocket> {
  const { state, saveCreds } = await useMultiFileAuthState(launch.folder);
  const opened = makeWASocket({
    waWebSocketUrl: launch.simulatorUrl,
    auth: state,
    logger: silent,
    shouldSyncHistoryMessage: () => false,
    ...(launch.ciphers === 'rust' ? { makeSignalRepository: rustSignalRepository } : {})
  });
  opened.ev.on('creds.update', () => void saveCreds());
  opened.ev.on('messages.upsert', ({ messages }) => {
    for (const { message } of messages) {
      const text = message?.conversation ?? message?.extendedTextMessage?.text;
      if (text) texts.add(text);
    }
    arrivals.emit('arrival');
  });
  return opened;
}

function until(
  from: WASocket,
  predicate: (update: BaileysEventMap['connection.update']) => boolean
): Promise<BaileysEventMap['connection.update']> {
  return new Promise(resolve => {
    from.ev.on('connection.update', update => {
      if (predicate(update)) resolve(update);
    });
  });
}

const operations: {
  [K in keyof OldGatewayOperations]: (args: Parameters<OldGatewayOperations[K]>[0]) => Promise<ReturnType<OldGatewayOperations[K]>>;
} = {
  async link({ phoneNumber }) {
    const pairing = await connect();
    const closed = until(pairing, ({ connection }) => connection === 'close');
    await scanUntilLinked(simulator, phoneNumber, linkStockSocket(pairing, pairing.authState));
    await closed;
    socket = await connect();
    await Promise.all([
      until(socket, ({ connection }) => connection === 'open'),
      until(socket, ({ receivedPendingNotifications }) => receivedPendingNotifications === true)
    ]);
    return {};
  },
  async send({ jid, text }) {
    await socket.sendMessage(jid, { text, linkPreview: null });
    return {};
  },
  async awaitText({ text }) {
    while (!texts.has(text)) await once(arrivals, 'arrival');
    return {};
  }
};

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString() || '{}');
}

const server = createServer((request, response) => {
  const name = (request.url ?? '').slice(1) as keyof OldGatewayOperations;
  bodyOf(request)
    .then((args): Promise<object> => operations[name](args as never))
    .then(
      result => response.end(JSON.stringify(result)),
      (error: unknown) => response.writeHead(500).end(JSON.stringify({ error: String(error) }))
    );
});
server.listen(launch.port, '127.0.0.1', () => process.stdout.write('ready\n'));
