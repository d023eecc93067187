import type { QueueTerms } from '@wabus/testing';

/** As the service does it since July 2026; the time as measured: streams ended every 3,001 to 3,002 s (whatsapp-rust PR 1101). */
export const defaultQueue: QueueTerms = { statusStanza: 'status', statusAckMs: 3_000_000, batches: true };
