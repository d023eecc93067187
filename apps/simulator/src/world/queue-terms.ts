import type { QueueTerms } from '@wabus/testing';

/** The service's behavior since July 2026, with the time as measured: streams ended every 3,001 to 3,002 s (whatsapp-rust PR 1101). */
export const defaultQueue: QueueTerms = { statusStanza: 'status', statusAckMs: 3_000_000, batches: true };
