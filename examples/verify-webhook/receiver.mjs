// Receives the deliveries of a webhook: it verifies the signature, stores the delivery, answers, and then handles it. It answers the text "!ping" with "pong".
import { createServer } from 'node:http';
import { isIncoming, WebhookReceiver } from '@wabus/sdk';
import { FileDeliveryStore, webhookListener } from '@wabus/sdk/node';

const { WABUS_WEBHOOK_SECRET: secret, WABUS_DELIVERIES: folder = 'deliveries', PORT: port = '8080' } = process.env;
const { WABUS_URL: url = 'http://localhost:3000', WABUS_TOKEN: token } = process.env;
if (!secret?.startsWith('whsec_'))
  throw new Error('Set WABUS_WEBHOOK_SECRET to the secret in the response to the creation of the webhook: whsec_…');

const receiver = new WebhookReceiver({
  secret,
  // Deliveries that were answered survive a crash of this program: the next start begins or repeats their work.
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

/** May take as long as it needs. It may run twice for an event, so the message that it sends has a key. */
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
      // The id of the event is the key: the answer is sent once, however often this runs.
      'idempotency-key': id
    },
    body: JSON.stringify({ jid: key.remoteJid, content: { text: 'pong' } })
  });
  if (!response.ok) throw new Error(`not sent: ${await response.text()}`);
  console.log('answered', id);
}
