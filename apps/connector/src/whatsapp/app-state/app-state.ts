import type { AuthenticationState, BinaryNode, SignalKeyStore, WASocket } from '@whiskeysockets/baileys';
import type { AppStateFailure } from '@wabus/contracts';
import type { Logger } from 'pino';
import type { HostedFileParts } from '../receiving/hosted-file.reader.js';
import { CollectionReader, type AppStateReading } from './collection.reader.js';
import { CollectionRecovery, type CollectionMemory } from './collection-recovery.js';
import { MissingKeys } from './missing-keys.js';
import { PatchGuard } from './patch-guard.js';

export interface AppStateParts {
  readonly memory: CollectionMemory;
  readonly state: AuthenticationState;
  /** The hosts from which snapshots are fetched, and the dispatcher for that. */
  readonly files: HostedFileParts;
  readonly givenUp: (failure: AppStateFailure) => void;
  readonly logger: Logger;
  readonly ended: AbortSignal;
}

/** The synchronized state of a connection (contacts, chat settings, labels): reads, verifies and recovers its collections, and makes refused changes fail. */
export class AppState {
  private readonly collections: CollectionRecovery;
  readonly patches: PatchGuard;
  /** The functions with which Baileys reads the state. */
  readonly reading: AppStateReading;
  private readonly missingKeys: MissingKeys;

  constructor({ memory, state, files, givenUp, logger, ended }: AppStateParts) {
    const collections = new CollectionRecovery({ memory, creds: state.creds, givenUp, logger, ended });
    const { verified, failed } = collections;
    this.collections = collections;
    this.reading = { ...new CollectionReader({ files, diverged: memory.diverged, verified, logger, ended }), failed };
    this.patches = new PatchGuard(ended, ({ collection, code, change }) => {
      logger.warn({ collection, code }, 'whatsapp refused a collection of the synchronized state');
      if (!change) collections.refused(collection, code);
    });
    this.missingKeys = new MissingKeys({
      state,
      arrived: () => collections.keysArrived(),
      exhausted: () => collections.keysMissing(),
      logger,
      ended
    });
  }

  /** Wraps the key store to detect missing keys of the state. */
  observe(keys: SignalKeyStore): SignalKeyStore {
    return this.missingKeys.observe(keys);
  }

  /** Inspects the plaintext of a message; returns the plaintext that Baileys gets instead. */
  take(stanza: BinaryNode, plaintext: Uint8Array): Uint8Array {
    return this.collections.take(stanza, this.missingKeys.take(stanza, plaintext));
  }

  intercept(node: BinaryNode): BinaryNode {
    return this.patches.intercept(node);
  }

  attach(socket: WASocket): void {
    this.missingKeys.attach(socket);
    this.collections.attach(socket);
  }

  /** Begins to request missing keys. Call it once the connection is open. */
  begin(): void {
    this.missingKeys.begin();
  }
}
