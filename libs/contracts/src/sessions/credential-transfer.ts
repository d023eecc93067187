import type { LinkedAccount } from './session-status.js';

/** What an import did, or would do. */
export interface ImportReport {
  readonly session: string;
  readonly account: LinkedAccount;
  /** The number of the linked device among those of the account. */
  readonly device: number;
  /** Records by type. */
  readonly records: Readonly<Record<string, number>>;
  /** Records of unknown types, by type; they are not imported. */
  readonly unknown: Readonly<Record<string, number>>;
  readonly credentialsOnly: boolean;
  /** Whether nothing was imported, because only a report was requested. */
  readonly dryRun: boolean;
}

/** Where an import is. */
export interface ImportProgress {
  readonly step: 'receiving' | 'checked' | 'writing';
  /** Records so far. */
  readonly records: number;
  /** Records altogether; `null` while they are received. */
  readonly of: number | null;
}

/** The steps by which an edge moves credentials to or from the owner of a session, each a request on `wa.transfer.<session>.<step>`. */
export interface TransferSteps {
  /** Begins an import. An earlier one of this session that was not finished is forgotten. */
  'import-begin': { request: Record<string, never>; reply: { transfer: string; publicKey: string } };
  /** One part of the stream, in order. */
  'import-part': { request: { transfer: string; part: SealedPart }; reply: { records: number } };
  /** The stream is whole: reads its end, and checks the device. Nothing is written yet. */
  'import-check': { request: { transfer: string }; reply: ImportReport };
  /** Writes the next records; the credentials after the last of them, with `done`. */
  'import-write': { request: { transfer: string }; reply: { records: number; done: boolean } };
  /** Forgets an import, and what it has written. */
  'import-drop': { request: { transfer: string }; reply: null };
  /** Begins an export, sealed for `publicKey`. */
  'export-begin': { request: { publicKey: string }; reply: { transfer: string } };
  'export-part': { request: { transfer: string }; reply: { part: SealedPart | null } };
  /** The account and device that the stored credentials belong to. */
  device: { request: Record<string, never>; reply: { id: string; device: number } | null };
}
export type TransferStep = keyof TransferSteps;

/** A piece of a stream that only one process can read. */
export interface SealedPart {
  /** 0 for the first. */
  readonly index: number;
  /** base64 */
  readonly content: string;
}
