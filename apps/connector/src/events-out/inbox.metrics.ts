/** Counts what inboxes do. */
export abstract class InboxMetrics {
  /** So many more (or fewer) messages are decrypted and not in the log. */
  abstract pending(change: number): void;
  /** Messages that were handled again from the journal, because no event had come of them. */
  abstract recovered(messages: number): void;
  /** WhatsApp delivered a ciphertext again, and the journal had its plaintext. */
  abstract redelivered(): void;
  /** Too large to be kept. */
  abstract unkept(): void;
}
