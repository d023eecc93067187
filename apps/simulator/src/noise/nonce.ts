/** The twelve-byte AES-GCM nonce of a counter: big-endian in the last four bytes. */
export function nonce(counter: number): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt32BE(counter, 8);
  return bytes;
}
