import { encodeJson, type SealedPart, type TransferSealer } from '@wabus/contracts';
import { STREAM_FORMAT, STREAM_VERSION } from '@wabus/migrate';
import type { AdoptedDevice } from '../auth-state/auth-state.types.js';

/** Below NATS's message limit after sealing and base64. */
const PART_BYTES = 400_000;

/** A device being exported in the neutral format, sealed for one reader. */
export class OutgoingTransfer {
  private readonly parts: Iterator<Buffer, undefined>;

  constructor(
    readonly id: string,
    device: AdoptedDevice,
    private readonly sealer: TransferSealer
  ) {
    this.parts = inParts(linesOf(device));
  }

  /** Returns the next part; `null` after the last. */
  next(): SealedPart | null {
    const part = this.parts.next();
    return part.done === true ? null : this.sealer.seal(part.value);
  }
}

function* linesOf({ credentials, records }: AdoptedDevice): Generator<string> {
  yield encodeJson({ format: STREAM_FORMAT, version: STREAM_VERSION, credentials });
  for (const { type, id, value } of records) yield encodeJson({ type, id, value });
  yield encodeJson({ end: true, records: records.length });
}

function* inParts(lines: Iterable<string>): Generator<Buffer, undefined> {
  let pending = Buffer.alloc(0);
  for (const line of lines) {
    pending = Buffer.concat([pending, Buffer.from(`${line}\n`, 'utf8')]);
    for (; pending.length >= PART_BYTES; pending = pending.subarray(PART_BYTES)) yield pending.subarray(0, PART_BYTES);
  }
  if (pending.length > 0) yield pending;
  return undefined;
}
