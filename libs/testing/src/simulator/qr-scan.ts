import type { LinkOutcome, LinkRefusal } from './linking-api.js';
import { SimulatorRefusal, type SimulatorClient } from './simulator.client.js';

/** Refusals after which a person scans the current QR code again. */
const AGAIN: readonly (LinkRefusal | undefined)[] = ['registration-refreshed', 'refresh-not-acknowledged', 'old-secret'];

/**
 * Scans the QR texts of a client until the account is linked, like a person whose phone shows "couldn't link device".
 * @param nextQr returns the QR text that is shown now; with `previous`, waits for a different one
 * @returns as `scanQr`
 * @throws SimulatorRefusal if the refusal is not caused by a refreshed registration, or after five scans
 */
export async function scanUntilLinked(
  control: Pick<SimulatorClient, 'scanQr'>,
  phoneNumber: string,
  nextQr: (previous?: string) => Promise<string>
): Promise<LinkOutcome> {
  let qr = await nextQr();
  for (let scans = 1; ; scans++) {
    try {
      return await control.scanQr({ phoneNumber, qr });
    } catch (err) {
      if (!(err instanceof SimulatorRefusal) || !AGAIN.includes(err.reason) || scans >= 5) throw err;
      // The acknowledgement is in flight: the same QR text is valid in a moment.
      if (err.reason === 'refresh-not-acknowledged') continue;
    }
    qr = await nextQr(qr);
  }
}
