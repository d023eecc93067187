import type { LinkOutcome, LinkRefusal } from './linking-api.js';
import { SimulatorRefusal, type SimulatorClient } from './simulator.client.js';

/** Refusals after which a person looks at the screen again. */
const AGAIN: readonly (LinkRefusal | undefined)[] = ['registration-refreshed', 'refresh-not-acknowledged', 'old-secret'];

/**
 * Scans what a client shows until the account is linked, as a person does whose phone says "couldn't link device".
 * @param nextQr the QR text that is shown now; settles with another one than `previous` when there is a previous one
 * @returns as `scanQr`
 * @throws SimulatorRefusal when the refusal has nothing to do with a refreshed registration, or after five scans
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
      // The acknowledgement is on its way: the same QR text counts in a moment.
      if (err.reason === 'refresh-not-acknowledged') continue;
    }
    qr = await nextQr(qr);
  }
}
