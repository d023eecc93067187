import { randomBytes } from 'node:crypto';
import { buildPairingQRData, type AuthenticationState, type BinaryNode, type WABrowserDescription, type WASocket } from 'baileys-stock';

const BROWSER: WABrowserDescription = ['Mac OS', 'Chrome', '14.4.1'];

/**
 * Lets a stock socket be linked by QR code, which it cannot do alone since the service
 * began to refresh registrations: shows the QR codes, renews the secret and acknowledges.
 * It does not affect any measurement: the linked socket ends, and another one logs in.
 * @returns a function that resolves with the current QR text, once it differs from `previous`
 */
export function linkStockSocket(socket: WASocket, { creds }: AuthenticationState): (previous?: string) => Promise<string> {
  let reference: string | undefined;
  let shown: string | undefined;
  let wake: () => void = () => undefined;
  const show = () => {
    if (reference === undefined) return;
    const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
    shown = buildPairingQRData(
      reference,
      base64(creds.noiseKey.public),
      base64(creds.signedIdentityKey.public),
      creds.advSecretKey,
      BROWSER
    );
    wake();
  };
  socket.ws.removeAllListeners('CB:iq,type:set,pair-device');
  socket.ws.on('CB:iq,type:set,pair-device', async (iq: BinaryNode) => {
    await socket.sendNode({ tag: 'iq', attrs: { to: 's.whatsapp.net', type: 'result', id: iq.attrs['id'] ?? '' } });
    const [devices] = iq.content as BinaryNode[];
    const [first] = devices!.content as BinaryNode[];
    reference = Buffer.from(first!.content as Uint8Array).toString();
    show();
  });
  socket.ws.on('CB:notification,type:companion_reg_refresh', async ({ attrs }: BinaryNode) => {
    socket.ev.emit('creds.update', { advSecretKey: randomBytes(32).toString('base64') });
    await socket.sendNode({
      tag: 'ack',
      attrs: { class: 'notification', type: 'companion_reg_refresh', id: attrs['id'] ?? '', to: attrs['from'] ?? '' }
    });
    show();
  });
  return async previous => {
    while (shown === undefined || shown === previous) await new Promise<void>(resolve => (wake = resolve));
    return shown;
  };
}
