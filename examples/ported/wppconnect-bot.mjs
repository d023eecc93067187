// A port of https://github.com/ivansinetto/bot_whatsapp_js (MIT), written for WPPConnect: it greets, offers two choices, and announces an agent.
import { writeFile } from 'node:fs/promises';
import wa, { isIncoming } from '@wabus/sdk';

const { WABUS_URL = 'http://localhost:3000', WABUS_TOKEN, WABUS_SESSION = 'default' } = process.env;
const GREETINGS = ['oi', 'olá', 'ola', 'bom dia'];
const CHOICES = ['1', '2'];

// create({ session, catchQR })
let shown;
wa.connection.onUpdate(({ qr, state }) => {
  if (state) console.log('state', state);
  if (!qr || qr === shown) return;
  shown = qr;
  drawQr().catch(error => console.error(String(error)));
});
wa.connection.onError(error => console.error(String(error)));
wa.connect(WABUS_URL, { token: WABUS_TOKEN, identifier: WABUS_SESSION });

// client.onMessage
wa.client.on('messages.upsert', async (data, event) => {
  if (!isIncoming(event)) return;
  const [message] = data.messages;
  const body = message.message.conversation ?? message.message.extendedTextMessage?.text ?? '';
  // client.sendText
  await wa.client.commands
    .with({ idempotencyKey: event.id })
    .sendMessage(message.key.remoteJid, { text: answerTo(body.toLowerCase().replace(/!$/, '')) });
});

async function drawQr() {
  const { qr } = await wa.client.commands.getQr('png');
  await writeFile('out.png', Buffer.from(qr.replace(/^data:[^,]*,/, ''), 'base64'));
  console.log('scan out.png');
}

function answerTo(body) {
  if (GREETINGS.includes(body)) return 'Olá, seja bem-vindo(a)! 😊\n\nDigite uma das opções abaixo:\n1) LaGráfica\n2) Touca de Cetim';
  if (CHOICES.includes(body)) return 'Só um momento, o atendimento já vai começar!';
  return 'Digite uma opção válida.';
}
