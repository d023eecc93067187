import { setTimeout as delay } from 'node:timers/promises';
import type { BinaryNode, ChatMutation, LTHashState, proto as Proto, WAPatchName } from '@whiskeysockets/baileys';
import type { Logger } from 'pino';
import { decodeSyncdPatch, decodeSyncdSnapshot, getBinaryNodeChild, getBinaryNodeChildren, proto } from '../baileys.js';
import { HostedFileGoneError, readHostedFile, type HostedFileParts } from '../receiving/hosted-file.reader.js';
import { collectionMac } from './collection-mac.builder.js';

type FetchKey = (keyId: string) => Promise<Proto.Message.IAppStateSyncKeyData | null | undefined>;

interface ReadCollection {
  readonly state: LTHashState;
  readonly mutationMap: Record<string, ChatMutation>;
}

/** WhatsApp's answer for one collection; a snapshot that could not be fetched is an error, which reading it throws. */
interface AnsweredCollection {
  readonly patches: Proto.ISyncdPatch[];
  readonly hasMorePatches: boolean;
  readonly snapshot?: Proto.ISyncdSnapshot | Error;
}

/** The functions that our patch of Baileys calls instead of Baileys' own if the socket configuration contains them. */
export interface AppStateReading {
  readonly extract: (answer: BinaryNode) => Promise<Record<string, AnsweredCollection>>;
  readonly snapshot: (
    name: WAPatchName,
    snapshot: Proto.ISyncdSnapshot | Error,
    fetchKey: FetchKey,
    minimumVersion: number | undefined
  ) => Promise<ReadCollection>;
  readonly patches: (
    name: WAPatchName,
    patches: Proto.ISyncdPatch[],
    initial: LTHashState,
    fetchKey: FetchKey,
    options: unknown,
    minimumVersion: number | undefined
  ) => Promise<ReadCollection>;
  /** Baileys could not read a collection: after attempt 1 it requests a snapshot; after attempt 2 it leaves the collection as it is. */
  readonly failed: (name: WAPatchName, error: Error, attempt: number) => void;
}

/** The received data is not what its author produced. The next step is a snapshot, and after that a request to the phone. */
export class UnverifiedCollectionError extends Error {
  override readonly name = 'UnverifiedCollectionError';
}

export interface CollectionReaderParts {
  readonly files: HostedFileParts;
  /** Collections whose copy differs from those of other devices. Lives longer than a connection. */
  readonly diverged: Set<string>;
  /** Called when a collection could be read completely. */
  readonly verified: (name: WAPatchName) => void;
  readonly logger: Logger;
  readonly ended: AbortSignal;
}

const RETRY_AFTER_MS = [500, 2_000, 5_000];

/**
 * Reads collections of the synchronized state and verifies every MAC. Baileys omits this, since it would request a failing collection without end.
 * The rules are those of the official client (`WAWebSyncdAntiTampering`, whatsapp-rust PR 1158, PR 1365 and PR 752): a snapshot with a wrong MAC is refused,
 * and so is a patch if its own MAC or that of one of its records is wrong. A patch is accepted if only its MAC over the *whole* collection differs: its author
 * has a different copy. As all later MACs differ too, none is compared until the next snapshot.
 */
export class CollectionReader implements Omit<AppStateReading, 'failed'> {
  constructor(private readonly parts: CollectionReaderParts) {}

  readonly extract: AppStateReading['extract'] = async answer => {
    const collections = getBinaryNodeChildren(getBinaryNodeChild(answer, 'sync'), 'collection');
    const entries = collections.map(async node => [node.attrs['name'] ?? '', await this.answered(node)] as const);
    return Object.fromEntries(await Promise.all(entries));
  };

  readonly snapshot: AppStateReading['snapshot'] = async (name, snapshot, fetchKey, minimumVersion) => {
    if (snapshot instanceof Error) throw snapshot;
    // Of several records with one index, the last one applies.
    const byIndex = new Map((snapshot.records ?? []).map(record => [text64(record.index?.blob), record]));
    const records = [...byIndex.values()];
    const read = await decodeSyncdSnapshot(name, { ...snapshot, records }, fetchKey, minimumVersion, true);
    const key = await keyOf(snapshot.keyId, fetchKey);
    if (!isEqual(snapshot.mac, collectionMac({ ...read.state, name }, key)))
      throw new UnverifiedCollectionError(`The snapshot of ${name} cannot be verified`);
    this.parts.diverged.delete(name);
    this.parts.verified(name);
    return read;
  };

  readonly patches: AppStateReading['patches'] = async (...[name, patches, initial, fetchKey, , minimumVersion]) => {
    let state: LTHashState = { ...initial, indexValueMap: { ...initial.indexValueMap } };
    const mutationMap: Record<string, ChatMutation> = {};
    for (const patch of patches) {
      const version = Number(patch.version?.version ?? state.version + 1);
      const received = minimumVersion === undefined || version > minimumVersion;
      const complete = await this.withExternal(patch);
      if (state.version === 0 && !(complete.snapshotMac?.length && complete.patchMac?.length))
        throw new UnverifiedCollectionError(`The first patch for ${name} has no authentication codes`);
      requireEachIndexOnce(name, complete);
      const key = await keyOf(complete.keyId, fetchKey);
      let readable = 0;
      const decoded = await decodeSyncdPatch(
        complete,
        name,
        { ...state, version },
        fetchKey,
        mutation => {
          readable++;
          if (received) mutationMap[mutation.syncAction.index?.toString() ?? ''] = mutation;
        },
        true
      );
      // Baileys skips records that it cannot verify or decrypt, and their changes would be lost forever.
      if (readable < (complete.mutations?.length ?? 0))
        throw new UnverifiedCollectionError(`A patch for ${name} contains a record that cannot be verified`);
      state = { ...decoded, version };
      this.compare(name, state, complete.snapshotMac, key);
    }
    this.parts.verified(name);
    return { state, mutationMap };
  };

  /** Compares the MAC over the whole collection. Logs the first difference only: every later MAC differs too. */
  private compare(name: WAPatchName, state: LTHashState, theirs: Uint8Array | null | undefined, key: Uint8Array): void {
    const { diverged, logger } = this.parts;
    if (diverged.has(name) || isEqual(theirs, collectionMac({ ...state, name }, key))) return;
    diverged.add(name);
    logger.warn(
      { collection: name, version: state.version },
      'a collection of the synchronized state differs from the copy on another device'
    );
  }

  private async answered(node: BinaryNode): Promise<AnsweredCollection> {
    const blob = bytesOf(getBinaryNodeChild(node, 'snapshot'));
    const patches = getBinaryNodeChildren(getBinaryNodeChild(node, 'patches') ?? node, 'patch').flatMap((patch, position) => {
      const content = bytesOf(patch);
      if (!content) return [];
      const decoded = proto.SyncdPatch.decode(content);
      decoded.version ??= proto.SyncdVersion.create({ version: Number(node.attrs['version'] ?? 0) + 1 + position });
      return [decoded];
    });
    return {
      // An error is a conflict; Baileys must not mistake its patches for the answer to a read.
      patches: node.attrs['type'] === 'error' ? [] : patches,
      hasMorePatches: node.attrs['has_more_patches'] === 'true',
      ...(blob ? { snapshot: await this.fetchSnapshot(blob).catch((error: unknown) => error as Error) } : {})
    };
  }

  private async fetchSnapshot(blob: Uint8Array): Promise<Proto.SyncdSnapshot> {
    return proto.SyncdSnapshot.decode(await this.fetch(proto.ExternalBlobReference.decode(blob)));
  }

  /** Returns the patch with its external mutations: WhatsApp stores large patches in a file. */
  private async withExternal(patch: Proto.ISyncdPatch): Promise<Proto.ISyncdPatch> {
    if (!patch.externalMutations) return patch;
    const { mutations } = proto.SyncdMutations.decode(await this.fetch(patch.externalMutations));
    return { ...patch, mutations: [...(patch.mutations ?? []), ...mutations] };
  }

  private async fetch(reference: Proto.IExternalBlobReference): Promise<Uint8Array> {
    const { files, ended } = this.parts;
    for (let attempt = 0; ; attempt++) {
      try {
        return await readHostedFile(reference, 'md-app-state', files, ended);
      } catch (error) {
        const waitMs = RETRY_AFTER_MS[attempt];
        if (waitMs === undefined || ended.aborted || error instanceof HostedFileGoneError) throw error;
        await delay(waitMs, undefined, { signal: ended, ref: false });
      }
    }
  }
}

/** Throws if an index occurs twice under one operation, which the official client considers tampering (`validateNoSameIndexForMultipleMutations`). */
function requireEachIndexOnce(name: string, { mutations }: Proto.ISyncdPatch): void {
  const seen = new Set((mutations ?? []).map(({ operation, record }) => `${operation ?? 0} ${text64(record?.index?.blob)}`));
  if (seen.size < (mutations?.length ?? 0)) throw new UnverifiedCollectionError(`A patch for ${name} changes the same record twice`);
}

/** Resolves to a key. Throws an error marked `isMissingKey` if it is missing, so that Baileys waits for it. */
async function keyOf(keyId: Proto.IKeyId | null | undefined, fetchKey: FetchKey): Promise<Uint8Array> {
  const id = text64(keyId?.id);
  const key = (await fetchKey(id))?.keyData;
  if (!key?.length) throw Object.assign(new Error(`The key ${id} of the synchronized state is missing`), { data: { isMissingKey: true } });
  return key;
}

function bytesOf(node: BinaryNode | undefined): Uint8Array | null {
  return node?.content instanceof Uint8Array && node.content.length > 0 ? node.content : null;
}

const text64 = (bytes: Uint8Array | null | undefined): string => Buffer.from(bytes ?? []).toString('base64');

const isEqual = (a: Uint8Array | null | undefined, b: Buffer): boolean => Buffer.from(a ?? []).equals(b);
