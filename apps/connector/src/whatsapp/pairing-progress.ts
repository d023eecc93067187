const FIRST_QR_MS = 60_000;
const NEXT_QR_MS = 20_000;
const TIMER_SLACK_MS = 200;

/** Keeps count of the QR codes of one connection. WhatsApp gives a number of references at once; Baileys shows the first for a minute and the others for 20 s. */
export class PairingProgress {
  private references = 0;
  private shown = 0;
  private expiresAt = 0;

  /** `qrTimeoutMs` replaces Baileys' times when it is set. */
  constructor(private readonly qrTimeoutMs: number | null) {}

  /** WhatsApp sent references for this many QR codes. */
  offered(references: number): void {
    this.references = references;
  }

  /** A QR code is shown from now on; returns for how long, in ms. */
  show(): number {
    this.shown += 1;
    const ttlMs = this.qrTimeoutMs ?? (this.shown === 1 ? FIRST_QR_MS : NEXT_QR_MS);
    this.expiresAt = performance.now() + ttlMs;
    return ttlMs;
  }

  /** The last QR code has been shown for its whole time. */
  get usedUp(): boolean {
    return this.shown > 0 && this.shown >= this.references && performance.now() >= this.expiresAt - TIMER_SLACK_MS;
  }
}
