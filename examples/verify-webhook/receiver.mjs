// Takes the deliveries of a webhook: checks the signature, stores, answers, and then works. Answers the text "!ping" with "pong".
import { createServer } from 'node:http';
import { isIncoming, WebhookReceiver } from '@wabus/sdk';
import { FileDeliveryStore, webhookListener } from '@wabus/sdk/node';

const { WABUS_WEBHOOK_SECRET: secret, WABUS_DELIVERIES: folder = 'deliveries', PORT: port = '8080' } = process.env;
const { WABUS_URL: url = 'http://localhost:3000', WABUS_TOKEN: token } = process.env;
if (!secret?.startsWith('whsec_'))
  throw new Error('WABUS_WEBHOOK_SECRET is the secret that the answer to creating the webhook holds: whsec_…');

const receiver = new WebhookReceiver({
  secret,
  // What was answered survives a crash of this program: its work begins or is repeated with the next start.
  store: new FileDeliveryStore(folder),
  handler: work,
  onError: (error, { event, gaveUp }) => console.error(gaveUp ? 'gave up' : 'failed', event.id, error.message)
});
await receiver.start();
const server = createServer(webhookListener(receiver, error => console.error('not stored', error.message)));
server.listen(Number(port), () => console.log('listening', port));

for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, async () => {
    server.close();
    await receiver.close();
    process.exit();
  });

/** Takes as long as it needs. May run twice for an event, so what it sends has a key. */
async function work(event) {
  const { id, session, data } = event;
  console.log('event', session, event.event, JSON.stringify(data));
  if (!isIncoming(event)) return;
  const [{ key, message }] = data.messages;
  if ((message.conversation ?? message.extendedTextMessage?.text) !== '!ping') return;
  const response = await fetch(`${url}/api/sessions/${session}/messages`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      // The id of the event: the answer is sent once, however often this runs.
      'idempotency-key': id
    },
    body: JSON.stringify({ jid: key.remoteJid, content: { text: 'pong' } })
  });
  if (!response.ok) throw new Error(`not sent: ${await response.text()}`);
  console.log('answered', id);
}
