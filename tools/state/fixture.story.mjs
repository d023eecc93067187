// @ts-check
import { createServer } from 'node:http';
import { once } from 'node:events';
import { awaitValue } from './running.installation.mjs';

/** @typedef {import('./running.installation.mjs').RunningInstallation} RunningInstallation */

export const SESSIONS = ['default', 'second'];
const SECOND_PHONE = '4915550003';
const WRITER = '4915550004';
const READ_MODELS = ['store/chats', 'store/contacts'];
const MEDIA_TEXT = 'kept through upgrades';
const SIGNING_SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

/** A webhook receiver that always responds with the same status. */
export class Receiver {
  /** @type {any[]} */
  bodies = [];

  /** @param {number} status */
  constructor(status) {
    this.server = createServer((request, response) => {
      let text = '';
      request.setEncoding('utf8').on('data', chunk => (text += chunk));
      request.on('end', () => {
        if (text !== '') this.bodies.push(JSON.parse(text));
        response.writeHead(status).end();
      });
    });
  }

  async listen() {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    const address = this.server.address();
    return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/hook`;
  }

  close() {
    this.server.close();
    this.server.closeAllConnections();
  }
}

/**
 * Fills an installation with data of every stored kind, and returns what a later version must find there.
 * @param {RunningInstallation} run
 */
export async function fill(run) {
  const { simulator } = run;
  const [healthy, refusing] = [new Receiver(200), new Receiver(400)];
  await simulator.ensureAccount(SECOND_PHONE, 'Second Phone');
  await simulator.ensureAccount(WRITER, 'Grace');
  await run.call('POST', '/api/sessions', { session: 'second' });
  await run.call('POST', '/api/sessions', { session: 'unlinked' });
  await awaitValue(
    async () => {
      const { status, body } = await run.ask('GET', '/api/sessions/second/qr?format=raw');
      return status === 200 && (await simulator.scan(SECOND_PHONE, body.trim()));
    },
    60_000,
    () => 'QR code of second that links'
  );
  await run.awaitOpen('second');
  await run.call('POST', '/api/sessions/unlinked/stop');
  await run.call('PATCH', '/api/sessions/second/settings', { browser: { os: 'Fixture', name: 'Chrome', version: '1.0' } });

  const hook = await run.call('POST', '/api/webhooks', {
    url: await healthy.listen(),
    events: ['messages.*'],
    secret: SIGNING_SECRET,
    headers: { 'x-kept': 'yes' },
    description: 'all sessions'
  });
  const refused = await run.call('POST', '/api/sessions/second/webhooks', { url: await refusing.listen(), events: ['messages.upsert'] });
  const issued = await run.call('POST', '/api/tokens', { name: 'reader', scopes: ['read'], sessions: ['second'] });
  const media = await run.call('POST', '/api/sessions/default/media?fileName=note.txt', Buffer.from(MEDIA_TEXT));

  const phones = { default: '4915550001', second: SECOND_PHONE };
  const write = async (/** @type {'default' | 'second'} */ session, /** @type {string} */ text) =>
    simulator.call('sendMessage', { from: WRITER, to: phones[session], message: { conversation: text } });
  for (const session of /** @type {const} */ (['default', 'second'])) for (let i = 1; i <= 5; i++) await write(session, `${session} ${i}`);
  const sent = await sendOnce(run);
  await awaitText(run, 'second', 'second 5');
  await awaitText(run, 'default', 'default 5');
  await awaitValue(
    async () => (await run.call('GET', `/api/sessions/second/webhooks/${refused.id}/dead-letters`)).deadLetters.length >= 5,
    60_000,
    () => 'dead letters of a webhook'
  );
  await subscribe(run);
  // From now on, there are events that the webhook could not deliver.
  healthy.close();
  refusing.close();
  await simulator.call('setChatter', { from: '4915550002', to: phones.default, everyMs: null });
  await write('default', 'not delivered yet');
  await awaitText(run, 'default', 'not delivered yet');
  await awaitValue(
    async () => {
      const { projected, newest } = await run.call('GET', '/api/sessions/default/models');
      return projected === newest;
    },
    60_000,
    () => 'read models'
  );
  return {
    sessions: SESSIONS,
    phones,
    writer: WRITER,
    webhook: hook.id,
    secret: SIGNING_SECRET,
    refusedWebhook: refused.id,
    reader: issued.token,
    media: media.media,
    mediaText: MEDIA_TEXT,
    sent,
    ...(await snapshot(run))
  };
}

/** Returns the data that clients of an installation can read. @param {RunningInstallation} run */
export async function snapshot(run) {
  /** @type {Record<string, any>} */
  const seen = { events: {}, models: {} };
  for (const session of SESSIONS) {
    seen['events'][session] = (await run.events(session)).map(event => event.id);
    seen['models'][session] = Object.fromEntries(
      await Promise.all(READ_MODELS.map(async path => [path, await run.call('GET', `/api/sessions/${session}/${path}?limit=200`)]))
    );
  }
  seen['settings'] = await run.call('GET', '/api/sessions/second/settings');
  seen['subscriptions'] = (await run.call('GET', '/api/subscriptions')).subscriptions;
  seen['subscriptionLetters'] = (await run.call('GET', '/api/subscriptions/refused/dead-letters')).deadLetters;
  seen['webhooks'] = (await run.call('GET', '/api/webhooks')).webhooks;
  seen['tokens'] = (await run.call('GET', '/api/tokens')).tokens;
  return seen;
}

/** Sends a command with an idempotency key. Sent again, it returns the same reply as the first time. @param {RunningInstallation} run */
export function sendOnce(run) {
  const args = { jid: `${WRITER}@s.whatsapp.net`, content: { text: 'sent before' } };
  return run.call('POST', '/api/sessions/second/commands/sendMessage', { args }, { 'idempotency-key': 'kept-key' });
}

/**
 * Waits for a message in the event log of a session.
 * @param {RunningInstallation} run
 * @param {string} session
 * @param {string} text
 */
export function awaitText(run, session, text) {
  return awaitValue(
    async () => (await run.events(session)).some(event => JSON.stringify(event.data).includes(JSON.stringify(text))),
    60_000,
    () => `${text} in the log of ${session}`
  );
}

/** Creates two durable subscriptions: one acknowledges half of its events, the other refuses all. @param {RunningInstallation} run */
async function subscribe(run) {
  const { io } = await import('socket.io-client');
  const socket = io(`${run.url}/api/events`, { auth: { token: run.token } });
  await new Promise((resolve, reject) => socket.on('connect', () => resolve(null)).on('connect_error', reject));
  let got = 0;
  socket.on('delivery', (delivery, acknowledge) => {
    if (delivery.subscription === 'refused') acknowledge({ ok: false, error: 'never' });
    else if (++got <= 3) acknowledge();
  });
  const since = new Date(Date.now() - 3_600_000).toISOString();
  for (const terms of [
    { durable: 'ledger', events: ['messages.upsert'], sessions: ['default', 'second'], since, ackWaitMs: 3_600_000 },
    { durable: 'refused', events: ['messages.upsert'], sessions: ['second'], since, maxDeliveries: 1 }
  ]) {
    const answer = await socket.timeout(10_000).emitWithAck('subscribe', terms);
    if (!answer.ok) throw new Error(`subscribing: ${JSON.stringify(answer)}`);
  }
  await awaitValue(
    async () => got >= 3,
    60_000,
    () => 'deliveries of a subscription'
  );
  await awaitValue(
    async () => (await run.call('GET', '/api/subscriptions/refused/dead-letters')).deadLetters.length > 0,
    60_000,
    () => 'dead letters of a subscription'
  );
  socket.disconnect();
}
