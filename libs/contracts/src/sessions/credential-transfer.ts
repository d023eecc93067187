import type { LinkedAccount } from './session-status.js';

/** The result of an import, or the expected result of a dry run. */
export interface ImportReport {
  readonly session: string;
  readonly account: LinkedAccount;
  /** The number of the linked device within the account. */
  readonly device: number;
  /** The number of records of each type. */
  readonly records: Readonly<Record<string, number>>;
  /** The number of records of each unknown type. They are not imported. */
  readonly unknown: Readonly<Record<string, number>>;
  readonly credentialsOnly: boolean;
  /** Whether nothing was imported because the caller requested only a report. */
  readonly dryRun: boolean;
}

/** The progress of an import. */
export interface ImportProgress {
  readonly step: 'receiving' | 'checked' | 'writing';
  /** The number of records so far. */
  readonly records: number;
  /** The total number of records; `null` while they are being received. */
  readonly of: number | null;
}

/** The steps in which an edge transfers credentials to or from the owner of a session. Each step is a request on `wa.transfer.<session>.<step>`. */
export interface TransferSteps {
  /** Begins an import, and discards an unfinished one of this session. */
  'import-begin': { request: Record<string, never>; reply: { transfer: string; publicKey: string } };
  /** Transfers one part of the stream. Parts must be in order. */
  'import-part': { request: { transfer: string; part: SealedPart }; reply: { records: number } };
  /** Reads the end of the stream, which is complete, and validates the device. Nothing is written yet. */
  'import-check': { request: { transfer: string }; reply: ImportReport };
  /** Writes the next records, and the credentials after the last of them, when `done` becomes `true`. */
  'import-write': { request: { transfer: string }; reply: { records: number; done: boolean } };
  /** Discards an import and the records that it has written. */
  'import-drop': { request: { transfer: string }; reply: null };
  /** Begins an export that is sealed for `publicKey`. */
  'export-begin': { request: { publicKey: string }; reply: { transfer: string } };
  'export-part': { request: { transfer: string }; reply: { part: SealedPart | null } };
  /** Returns the account and device to which the stored credentials belong; `null` if there are none. */
  device: { request: Record<string, never>; reply: { id: string; device: number } | null };
}
export type TransferStep = keyof TransferSteps;

/** A part of a stream that only one process can decrypt. */
export interface SealedPart {
  /** The position in the stream: 0 for the first part. */
  readonly index: number;
  /** The sealed bytes in base64. */
  readonly content: string;
}
