import { COMMAND_CATALOG, NOT_COMMANDS, type CommandRow } from '@wabus/contracts';
import { findFreePort } from '@wabus/testing';
import { initAuthCreds, makeWASocket } from './baileys.js';
import { baileysLogger } from './baileys.logger.js';
import { pino } from 'pino';

/** Commands that run a socket method, but need more than its arguments. */
const BY_THE_OWNER = ['sendMessage', 'requestPairingCode'];

async function surfaceOfSocket(): Promise<{ methods: string[]; others: string[] }> {
  const keys = { get: async () => ({}), set: async () => undefined };
  const socket = makeWASocket({
    auth: { creds: initAuthCreds(), keys },
    waWebSocketUrl: `ws://127.0.0.1:${await findFreePort()}`,
    logger: baileysLogger(pino({ level: 'silent' }), new AbortController().signal)
  });
  socket.ws.on('error', () => undefined);
  const names = Object.keys(socket);
  const methods = names.filter(name => typeof socket[name as keyof typeof socket] === 'function');
  await socket.end(undefined);
  return { methods, others: names.filter(name => !methods.includes(name)) };
}

const rows = Object.entries(COMMAND_CATALOG) as [string, CommandRow][];
const calls = rows.filter(([, { target }]) => target === 'socket').map(([name]) => name);

test('every socket member is a command or a known exception', async () => {
  const { methods, others } = await surfaceOfSocket();
  const known = new Set([...calls, ...BY_THE_OWNER, ...Object.keys(NOT_COMMANDS)]);
  expect([...methods, ...others].filter(name => !known.has(name))).toEqual([]);
  // A member that an upgrade removed must be removed from the tables too.
  expect([...known].filter(name => !methods.includes(name) && !others.includes(name))).toEqual([]);
  expect(calls.filter(name => !methods.includes(name))).toEqual([]);
  expect(calls.filter(name => Object.hasOwn(NOT_COMMANDS, name))).toEqual([]);
});
