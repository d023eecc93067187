// Links an account: creates or resumes the session, and draws QR codes in the terminal until one is scanned.
//   node connect.mjs [session]
import wa from '@wabus/sdk';

const [session = 'default'] = process.argv.slice(2);
let shown;

wa.connection.onUpdate(({ qr, state, account }) => {
  if (qr && qr !== shown) {
    shown = qr;
    draw().catch(error => console.error(error.message));
  }
  if (state === 'open') {
    console.log('open', account.id);
    wa.disconnect();
  }
});
wa.connection.onError(error => console.error('error', error));
wa.connection.onConnectError(error => console.error('refused', error));

wa.connect(process.env.WABUS_URL ?? 'http://localhost:3000', { token: process.env.WABUS_TOKEN, identifier: session });

async function draw() {
  const { qr, ttlMs } = await wa.client.commands.getQr('terminal');
  console.log(`${qr}\nscan it within ${Math.round(ttlMs / 1000)} s`);
}
