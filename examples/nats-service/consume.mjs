// A service that reads events from NATS, without an edge: a durable consumer that continues where it stopped.
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';

const STREAM = 'WABUS_EVENTS';
/** The user on NATS is also the name of its consumer: NATS permits no other. */
const SERVICE = process.env.WABUS_NATS_USER ?? 'service';
const REMEMBERED = 10_000;

const nats = await connect({
  servers: process.env.WABUS_NATS_URL ?? 'nats://127.0.0.1:4222',
  user: SERVICE,
  pass: process.env.WABUS_NATS_PASSWORD,
  // Answers to a user of its own arrive where no other user may listen.
  inboxPrefix: SERVICE === 'service' ? '_INBOX' : `_INBOX_${SERVICE}`,
  maxReconnectAttempts: -1
});

// The name is the identity: all processes of this service share one consumer, and so the work.
await (
  await jetstreamManager(nats)
).consumers.add(STREAM, {
  durable_name: SERVICE,
  filter_subjects: ['wa.evt.*.messages.upsert', 'wa.evt.*.session.status'],
  ack_policy: 'explicit',
  deliver_policy: 'new',
  ack_wait: 30_000_000_000,
  // One at a time keeps the order; a service that does not need it lets more be under way.
  max_ack_pending: 1
});

/** Ids of events that were handled. A service with a database makes the id a unique column of what it writes. */
const handled = new Set();
/** The newest epoch seen of each session. */
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
  // After the work, not before: what is not acknowledged comes again, to this process or another.
  message.ack();
}
await nats.drain();
console.log('stopped');

/** Whether a connector published it that another one has replaced as the owner of the session. */
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
