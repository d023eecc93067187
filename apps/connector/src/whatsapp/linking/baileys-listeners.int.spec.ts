import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findFreePort } from '@wabus/testing';
import type { WASocket } from '@whiskeysockets/baileys';
import { pino } from 'pino';
import { initAuthCreds, makeWASocket } from '../baileys.js';
import { baileysLogger } from '../baileys.logger.js';
import { LINK_NOTIFICATIONS } from './link-notifications.js';

/** This folder replaces parts of Baileys. If an installed Baileys handled these stanzas too, every answer would be sent twice. */
describe('the installed Baileys', () => {
  let socket: WASocket;

  beforeAll(async () => {
    socket = makeWASocket({
      auth: { creds: initAuthCreds(), keys: { get: () => ({}), set: () => undefined } },
      waWebSocketUrl: `ws://127.0.0.1:${await findFreePort()}`,
      logger: baileysLogger(pino({ level: 'silent' }), new AbortController().signal)
    });
    socket.ws.on('error', () => undefined);
  });
  afterAll(() => socket.end(undefined));

  test.each(LINK_NOTIFICATIONS)('has no listener for %s', type => {
    expect(socket.ws.listenerCount(`CB:notification,type:${type}`)).toBe(0);
    expect(socket.ws.listenerCount(`CB:notification,,${type}`)).toBe(0);
  });

  test('receives every notification in one listener', () => {
    expect(socket.ws.listenerCount('CB:notification')).toBe(1);
  });

  test('shows QR codes in the one listener that is replaced', () => {
    expect(socket.ws.listenerCount('CB:iq,type:set,pair-device')).toBe(1);
    expect(socket.ws.listenerCount('CB:iq,,pair-device')).toBe(0);
  });

  test('mentions only the notification of pairing codes', () => {
    const lib = join(dirname(fileURLToPath(import.meta.resolve('@whiskeysockets/baileys'))));
    const files = readdirSync(lib, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.js'));
    const source = files.map(file => readFileSync(join(lib, file), 'utf8')).join('\n');
    expect(LINK_NOTIFICATIONS.filter(type => source.includes(`'${type}'`))).toEqual(['link_code_companion_reg']);
  });
});
