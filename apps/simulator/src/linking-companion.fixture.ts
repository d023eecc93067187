import { randomBytes } from 'node:crypto';
import { buildPairingQRData, type AuthenticationState, type BinaryNode, type WABrowserDescription, type WASocket } from 'baileys-stock';
import { child, children, stanzaText } from './stanza/stanza.js';

const BROWSER: WABrowserDescription = ['Mac OS', 'Chrome', '14.4.1'];

/** A socket that is not linked yet. */
export interface UnlinkedSocket {
  socket: WASocket;
  auth: { state: AuthenticationState };
}

/** The reaction of a companion to a refresh; `acknowledges` keeps the old secret, `ignores` does nothing. */
export type RefreshConduct = 'renews' | 'acknowledges' | 'ignores';

/**
 * A stock Baileys socket with the listeners that the service requires: it shows the QR codes itself,
 * and renews its ADV secret and acknowledges the renewal when the service requests a refresh.
 * Written for tests, independently of the product's own code.
 */
export class LinkingCompanion {
  /** QR texts in the order in which they were shown. */
  readonly shown: string[] = [];
  private references: string[] = [];
  private reference: string | undefined;
  private readonly waiting: (() => void)[] = [];

  /** Must be created right after the socket, before its first stanza. */
  constructor(
    readonly client: UnlinkedSocket,
    private readonly conduct: RefreshConduct = 'renews'
  ) {
    const { ws } = this.client.socket;
    // Baileys captures the current secret in its own timer.
    ws.removeAllListeners('CB:iq,type:set,pair-device');
    ws.on('CB:iq,type:set,pair-device', (iq: BinaryNode) => void this.takeReferences(iq));
    ws.on('CB:notification,type:companion_reg_refresh', (notification: BinaryNode) => void this.refresh(notification));
  }

  get creds() {
    return this.client.auth.state.creds;
  }

  /** Resolves with the current QR text, once it differs from `previous`. */
  async qr(previous?: string): Promise<string> {
    for (;;) {
      const current = this.shown.at(-1);
      if (current !== undefined && current !== previous) return current;
      await new Promise<void>(resolve => this.waiting.push(resolve));
    }
  }

  /** Resolves once QR codes have been shown this many times. */
  async shownAgain(times: number): Promise<void> {
    while (this.shown.length < times) await new Promise<void>(resolve => this.waiting.push(resolve));
  }

  /** Acknowledges as WhatsApp Web does. Once `me` is set, Baileys does so itself. */
  async acknowledge({ attrs }: BinaryNode): Promise<void> {
    if (this.creds.me) return;
    const { id = '', from = '', type = '' } = attrs;
    await this.client.socket.sendNode({ tag: 'ack', attrs: { id, to: from, class: 'notification', type } });
  }

  renewSecret(): void {
    this.client.socket.ev.emit('creds.update', { advSecretKey: randomBytes(32).toString('base64') });
  }

  show(): void {
    if (this.reference === undefined) return;
    const { noiseKey, signedIdentityKey, advSecretKey } = this.creds;
    const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
    this.shown.push(buildPairingQRData(this.reference, base64(noiseKey.public), base64(signedIdentityKey.public), advSecretKey, BROWSER));
    for (const wake of this.waiting.splice(0)) wake();
  }

  /** Shows the next reference, as if the time of the current one had expired. */
  advance(): void {
    this.reference = this.references.shift();
    this.show();
  }

  private async takeReferences(iq: BinaryNode): Promise<void> {
    await this.client.socket.sendNode({ tag: 'iq', attrs: { to: iq.attrs['from'] ?? '', type: 'result', id: iq.attrs['id'] ?? '' } });
    this.references = children(child(iq, 'pair-device'), 'ref').flatMap(each => stanzaText(each) ?? []);
    this.advance();
  }

  private async refresh(notification: BinaryNode): Promise<void> {
    if (this.conduct === 'ignores') return;
    if (this.conduct === 'renews') this.renewSecret();
    await this.acknowledge(notification);
    if (this.conduct === 'renews') this.show();
  }
}
