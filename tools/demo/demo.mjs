// @ts-check
import { setTimeout as delay } from 'node:timers/promises';
import { formatEvent } from './event-line.codec.mjs';

const PHONE = { phoneNumber: '4915550001', name: 'Wabus Demo' };
const CONTACT = { phoneNumber: '4915550002', name: 'Ada' };
const CHATTER_EVERY_MS = 4_000;
const EVENTS = ['messages.upsert', 'connection.update'];
const PAIR_LIMIT_MS = 120_000;

/**
 * Pairs the session with a simulated phone, lets a simulated contact write and reply, and prints what a client of the edge receives.
 * @param {object} options
 * @param {import('../start/edge.client.mjs').EdgeClient} options.edge
 * @param {string} options.url the URL of the edge
 * @param {string} options.session
 * @param {import('./simulator.client.mjs').SimulatorClient} options.simulator
 * @param {import('../terminal/progress.mjs').Progress} options.progress
 * @param {AbortSignal} options.signal
 * @param {string} options.tokenFile the path as printed
 * @returns {Promise<void>} settles once the demo is running; the demo continues until the signal
 */
export async function runDemo({ edge, url, session, simulator, progress, signal, tokenFile }) {
  const phone = await simulator.ensureAccount(PHONE.phoneNumber, PHONE.name);
  const contact = await simulator.ensureAccount(CONTACT.phoneNumber, CONTACT.name);
  await watchEvents(url, edge.token, progress, signal);
  await pair(edge, session, simulator, { phoneNumber: phone.phoneNumber, progress, signal });
  if (signal.aborted) return;
  await simulator.call('setAutoReply', { phoneNumber: contact.phoneNumber, prefix: 'You wrote: ' });
  await simulator.call('setChatter', { from: contact.phoneNumber, to: phone.phoneNumber, everyMs: CHATTER_EVERY_MS });
  progress.line(
    [
      '',
      `${contact.name}, a simulated contact, writes every ${CHATTER_EVERY_MS / 1000} s and answers every message. Send a message from another terminal:`,
      `  ${sendHint(url, session, contact.pnJid, tokenFile)}`,
      ''
    ].join('\n')
  );
}

/**
 * Returns the command that sends a text to the contact.
 * @param {string} url
 * @param {string} session
 * @param {string} jid
 * @param {string} tokenFile
 */
export function sendHint(url, session, jid, tokenFile) {
  const body = JSON.stringify({ args: { jid, content: { text: 'Hello from Wabus' } } });
  return `curl -H "Authorization: Bearer $(cat ${tokenFile})" -H 'Content-Type: application/json' -d '${body}' ${url}/api/sessions/${session}/commands/sendMessage`;
}

/**
 * @param {string} url
 * @param {string} token
 * @param {import('../terminal/progress.mjs').Progress} progress
 * @param {AbortSignal} signal
 */
async function watchEvents(url, token, progress, signal) {
  // Imported here because it is installed by now; the tools themselves have no dependencies.
  const { io } = await import('socket.io-client');
  const socket = io(`${url}/api/events`, { auth: { token } });
  signal.addEventListener('abort', () => socket.disconnect());
  socket.on('connect', () => socket.emit('subscribe', EVENTS));
  socket.on('connect_error', error => progress.line(`the event gateway refuses the connection: ${error.message}`));
  for (const event of EVENTS) {
    socket.on(event, payload => {
      const line = formatEvent(event, payload, new Date());
      if (line !== null) progress.line(line);
    });
  }
}

/**
 * @param {import('../start/edge.client.mjs').EdgeClient} edge
 * @param {string} session
 * @param {import('./simulator.client.mjs').SimulatorClient} simulator
 * @param {{ phoneNumber: string, progress: import('../terminal/progress.mjs').Progress, signal: AbortSignal }} options
 */
async function pair(edge, session, simulator, { phoneNumber, progress, signal }) {
  const deadline = Date.now() + PAIR_LIMIT_MS;
  let scanned = '';
  while (!signal.aborted) {
    const state = (await edge.look(session))?.state;
    if (state === 'open') return progress.line(`✓ session ${session} is open`);
    const qr = state === 'pairing' ? await edge.qrOf(session, 'raw') : null;
    if (qr !== null && qr !== scanned) {
      scanned = qr;
      progress.line('the simulated phone scans the QR code');
      if (!(await simulator.scan(phoneNumber, qr.trim())))
        progress.line('not linked yet: like WhatsApp, the simulator renewed the registration during the scan; the next QR code follows');
    }
    if (Date.now() > deadline) throw new Error(`session ${session} did not open within ${PAIR_LIMIT_MS / 1000} s; its state is ${state}`);
    await delay(200, undefined, { signal }).catch(() => undefined);
  }
}
