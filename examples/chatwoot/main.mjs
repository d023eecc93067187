// Connects a session with an API inbox of Chatwoot, in both directions. Start one process for each inbox: see README.md.
import { setTimeout as delay } from 'node:timers/promises';
import { RetryDelivery, WabusClient } from '@wabus/sdk';
import { Chatwoot } from './chatwoot.mjs';
import { Journal } from './journal.mjs';
import { People } from './people.mjs';
import { readSettings } from './settings.mjs';
import { ToChatwoot } from './to-chatwoot.mjs';
import { ToWhatsApp } from './to-whatsapp.mjs';
import { listen } from './webhooks.mjs';

const OUTAGE_PAUSE_MS = 2_000;

const settings = readSettings();
const journal = await Journal.open(settings.journal);
const chatwoot = new Chatwoot(settings.chatwoot);
const wabus = new WabusClient(settings.wabus);
wabus.onError(error => console.error(error.code, error.message));
const people = new People({ chatwoot, journal, wabus, settings });
const parts = { chatwoot, journal, people, wabus, settings };
const toChatwoot = new ToChatwoot(parts);
const toWhatsApp = new ToWhatsApp(parts);
let isStopping = false;

await untilDone(() => chatwoot.open());
const { seenAt } = toWhatsApp;
const server = await listen(settings.webhook, payload => toWhatsApp.accept(payload));
toWhatsApp.resume();
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void stop());
await untilDone(() => toWhatsApp.catchUp(seenAt));
console.log('listening');
await follow();

/**
 * Reads the events of the session from a durable subscription, which waits while this program is not running. While Chatwoot does not answer, the program
 * leaves the subscription: attempts that cannot succeed would turn the events into dead letters.
 */
async function follow() {
  const name = `chatwoot-${settings.chatwoot.account}-${settings.chatwoot.inbox}`;
  const terms = {
    events: toChatwoot.events,
    sessions: [settings.wabus.session],
    maxInFlight: 1,
    maxDeliveries: 100,
    ackWaitMs: 120_000,
    update: true
  };
  while (!isStopping) {
    const outage = withResolvers();
    const subscription = await wabus.durable(name, terms, async delivery => {
      try {
        await toChatwoot.handle(delivery);
      } catch (error) {
        if (error instanceof RetryDelivery) throw error;
        console.error('waiting for Chatwoot', error.message);
        outage.resolve();
        throw new RetryDelivery(OUTAGE_PAUSE_MS, error.message);
      }
    });
    console.log('subscribed');
    await outage.promise;
    await subscription.leave();
    await delay(OUTAGE_PAUSE_MS);
    await untilDone(() => chatwoot.open());
  }
}

/** Repeats a call while Chatwoot does not answer. */
async function untilDone(run) {
  for (;;) {
    try {
      return await run();
    } catch (error) {
      if (!error.isRetryable) throw error;
      console.error('waiting for Chatwoot', error.message);
      await delay(OUTAGE_PAUSE_MS);
    }
  }
}

async function stop() {
  isStopping = true;
  server.close();
  server.closeAllConnections();
  await toWhatsApp.stop();
  await wabus.close();
  await journal.close();
  process.exit(0);
}

function withResolvers() {
  let resolve;
  const promise = new Promise(settle => (resolve = settle));
  return { promise, resolve };
}
