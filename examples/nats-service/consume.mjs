// A service that reads events from NATS, without an edge: a durable consumer that continues where it stopped.
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';

const STREAM = 'WABUS_EVENTS';
/** The NATS user is also the name of its consumer: NATS permits no other name. */
const SERVICE = process.env.WABUS_NATS_USER ?? 'service';
const REMEMBERED = 10_000;

const nats = await connect({
  servers: process.env.WABUS_NATS_URL ?? 'nats://127.0.0.1:4222',
  user: SERVICE,
  pass: process.env.WABUS_NATS_PASSWORD,
  // Replies to a service with its own user arrive at subjects where no other user may subscribe.
  inboxPrefix: SERVICE === 'service' ? '_INBOX' : `_INBOX_${SERVICE}`,
  maxReconnectAttempts: -1
});

// The name identifies the consumer: all processes of this service share it, and so share the work.
await (
  await jetstreamManager(nats)
).consumers.add(STREAM, {
  durable_name: SERVICE,
  filter_subjects: ['wa.evt.*.messages.upsert', 'wa.evt.*.session.status'],
  ack_policy: 'explicit',
  deliver_policy: 'new',
  ack_wait: 30_000_000_000,
  // With one event at a time, the order is kept. A service that does not need the order can permit more.
  max_ack_pending: 1
});

/** The ids of handled events. A service with a database would store the id in a unique column of its results. */
const handled = new Set();
/** The highest epoch of each session. */
const epochs = new Map();

const messages = await (await jetstream(nats).consumers.get(STREAM, SERVICE)).consume({ max_messages: 100 });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => messages.close());
console.log('consuming', SERVICE);

for await (const message of messages) {
  const [id, session, event, epoch] = ['Nats-Msg-Id', 'Wabus-Session', 'Wabus-Event', 'Wabus-Epoch'].map(name =>
    message.headers?.get(name)
  );
  if (!id || !session) console.log('no event', message.subject);
  else if (isStale(session, Number(epoch))) console.log('stale', id);
  else if (handled.has(id)) console.log('again', id);
  else {
    await handle(session, event, message.json());
    remember(id);
  }
  // Acknowledge after the work, not before: an event without an acknowledgment is delivered again, to this process or another.
  message.ack();
}
await nats.drain();
console.log('stopped');

/** Whether the event comes from a connector that no longer owns the session. */
function isStale(session, epoch) {
  const newest = Math.max(epoch, epochs.get(session) ?? 0);
  epochs.set(session, newest);
  return epoch < newest;
}

function remember(id) {
  handled.add(id);
  if (handled.size > REMEMBERED) handled.delete(handled.values().next().value);
}

async function handle(session, event, payload) {
  if (event === 'session.status') return console.log('status', session, payload.state);
  const [message] = payload.messages;
  console.log('message', session, message.key.remoteJid, message.message?.conversation ?? '(no text)');
}
