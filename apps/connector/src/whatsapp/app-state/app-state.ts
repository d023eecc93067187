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
  /** Where snapshots are fetched. */
  readonly files: HostedFileParts;
  readonly givenUp: (failure: AppStateFailure) => void;
  readonly logger: Logger;
  readonly ended: AbortSignal;
}

/** The synchronized state of a connection (contacts, chat settings, labels): read, verified, recovered, and changes that are refused. */
export class AppState {
  private readonly collections: CollectionRecovery;
  readonly patches: PatchGuard;
  /** What Baileys reads the state with. */
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

  /** The keys, watched for those of the state that are missing. */
  observe(keys: SignalKeyStore): SignalKeyStore {
    return this.missingKeys.observe(keys);
  }

  /** Looks at what was decrypted from a message; answers what Baileys gets in its place. */
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

  /** Once the connection is open. */
  begin(): void {
    this.missingKeys.begin();
  }
}
