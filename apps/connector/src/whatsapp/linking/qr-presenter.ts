import type { BinaryNode, WASocket } from '@whiskeysockets/baileys';
import { buildPairingQRData, getBinaryNodeChild, getBinaryNodeChildren, S_WHATSAPP_NET } from '../baileys.js';
import type { SocketCredentials } from '../signal/socket-credentials.js';
import { contentBytes } from './link-queries.js';

const FIRST_QR_MS = 60_000;
const NEXT_QR_MS = 20_000;
/** Other projects have observed that WhatsApp closes the connection of an unlinked device after 160 to 210 s. */
const ROUND_MS = 120_000;
const PAIR_DEVICE = 'CB:iq,type:set,pair-device';

export interface QrPresenterParts {
  readonly socket: Pick<WASocket, 'ws' | 'ev' | 'sendNode'>;
  readonly credentials: SocketCredentials;
  /** As in the socket's configuration. */
  readonly browser: [os: string, name: string, version: string];
  /** How long each QR code is shown; `null` for the default times. */
  readonly qrTimeoutMs: number | null;
  /** Called when WhatsApp offers to link a phone. */
  readonly offered: () => void;
  /** Called when the last QR code has been shown for its whole time. */
  readonly usedUp: () => void;
}

/**
 * The progress of the QR codes of a connection. `last-shown`: the last QR code is shown, or the codes have been shown for so long that WhatsApp may close the
 * connection of an unlinked device. `used-up`: the last one has been shown for its whole time. `none`: no QR code was shown, or they have stopped.
 */
export type QrProgress = 'none' | 'shown' | 'last-shown' | 'used-up';

/** The properties of the QR code that is shown now. */
export interface QrDisplay {
  readonly ttlMs: number;
  /** Whether its reference was shown before with another secret. */
  readonly renewed: boolean;
}

/**
 * Shows the QR codes of one connection, one after another, in place of Baileys, which uses the secret of the first QR code for all of them and always ends the
 * connection when they are used up. Here each text is created when it is shown.
 */
export class QrPresenter {
  private references: string[] = [];
  private current: { readonly reference: string; readonly ttlMs: number; readonly expiresAt: number; text: string; shown: number } | null =
    null;
  private firstShownAt: number | null = null;
  private timer: NodeJS.Timeout | undefined;
  private over = false;
  private paused = false;
  private held = false;

  constructor(private readonly parts: QrPresenterParts) {
    const { ws } = parts.socket;
    ws.removeAllListeners(PAIR_DEVICE);
    ws.on(PAIR_DEVICE, (iq: BinaryNode) => this.take(iq));
  }

  /** How long the current QR code is valid, and whether it replaces a QR code with the same reference. */
  get shown(): QrDisplay {
    const { ttlMs, expiresAt, shown } = this.current ?? { ttlMs: 0, expiresAt: 0, shown: 0 };
    const renewed = shown > 1;
    return { ttlMs: renewed ? Math.max(0, Math.round(expiresAt - performance.now())) : ttlMs, renewed };
  }

  /** The progress of this connection's QR codes. */
  get progress(): QrProgress {
    if (this.over) return 'used-up';
    if (this.firstShownAt === null || this.paused) return 'none';
    return this.references.length === 0 || performance.now() - this.firstShownAt >= ROUND_MS ? 'last-shown' : 'shown';
  }

  /** Shows the current reference again if the secret has changed. */
  showAgain(): void {
    const { current } = this;
    if (current === null || this.paused || this.held) return;
    const text = this.textOf(current.reference);
    if (text === current.text) return;
    current.text = text;
    current.shown += 1;
    this.parts.socket.ev.emit('connection.update', { qr: text });
  }

  /** Shows no other QR code until `release`; the timers continue. */
  hold(): void {
    this.held = true;
  }

  release(): void {
    this.held = false;
    this.showAgain();
  }

  /** Shows no QR codes from now on, without ending the connection. */
  pause(): void {
    this.paused = true;
    clearTimeout(this.timer);
  }

  private async take(iq: BinaryNode): Promise<void> {
    const { socket } = this.parts;
    await socket.sendNode({ tag: 'iq', attrs: { to: S_WHATSAPP_NET, type: 'result', id: iq.attrs['id']! } });
    this.references = getBinaryNodeChildren(getBinaryNodeChild(iq, 'pair-device'), 'ref').map(ref => contentBytes(ref).toString('utf8'));
    this.parts.offered();
    if (!this.paused) this.next();
  }

  private next(): void {
    const { socket, qrTimeoutMs, usedUp } = this.parts;
    if (!socket.ws.isOpen) return;
    const reference = this.references.shift();
    if (reference === undefined) {
      this.over = true;
      return usedUp();
    }
    const ttlMs = qrTimeoutMs ?? (this.firstShownAt === null ? FIRST_QR_MS : NEXT_QR_MS);
    this.firstShownAt ??= performance.now();
    this.current = { reference, ttlMs, expiresAt: performance.now() + ttlMs, text: '', shown: 0 };
    this.showAgain();
    this.timer = setTimeout(() => this.next(), ttlMs);
  }

  private textOf(reference: string): string {
    const { credentials, browser } = this.parts;
    const { noiseKey, signedIdentityKey, advSecretKey } = credentials.state.creds;
    const [noise, identity] = [noiseKey.public, signedIdentityKey.public].map(key => Buffer.from(key).toString('base64')) as [
      string,
      string
    ];
    return buildPairingQRData(reference, noise, identity, advSecretKey, browser);
  }
}
