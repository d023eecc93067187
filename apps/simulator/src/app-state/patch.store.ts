import { randomBytes } from 'node:crypto';
import {
  decodeSyncdPatch,
  encodeSyncdPatch,
  newLTHashState,
  proto,
  type ChatMutation,
  type WAPatchCreate,
  type WAPatchName
} from '@whiskeysockets/baileys';
import type { AppStateTerms } from '@wabus/testing';
import type { Account, AppStateCollection } from '../accounts/account.js';
import { appStateKeyLookup, appStateKeyOf } from './app-state-key.js';
import { patchMac } from './state-mac.codec.js';

/** How many patches one pull answers before it says `has_more_patches`. */
const PATCHES_PER_PULL = 50;

/** The collections that Baileys knows: `ALL_WA_PATCH_NAMES`. */
export const COLLECTION_NAMES: readonly WAPatchName[] = [
  'critical_block',
  'critical_unblock_low',
  'regular_high',
  'regular_low',
  'regular'
];

interface AppendTerms {
  readonly diverged?: boolean;
  readonly forgery?: AppStateTerms['forgery'] | null;
}

/** What devices get in place of a patch. */
const FORGED = new WeakMap<proto.ISyncdPatch, proto.ISyncdPatch>();

export type PushOutcome =
  /** Appended; the mutations are what the phone read in it. */
  | { outcome: 'stored'; version: number; mutations: ChatMutation[] }
  /** The companion's base version is not the head: it must pull first. */
  | { outcome: 'conflict'; version: number }
  /** The phone cannot read the patch or its authentication codes are wrong. */
  | { outcome: 'unreadable'; cause: unknown };

/**
 * One account's app-state collections: append-only lists of encrypted patches. The phone reads along, so that it can write on top of what
 * companions wrote, and checks every authentication code on the way.
 */
export class PatchStore {
  constructor(private readonly account: Account) {}

  /** Patches after `version`, at most fifty, oldest first. */
  pull(name: WAPatchName, version: number): { patches: Buffer[]; hasMore: boolean } {
    const { patches } = this.collection(name);
    const wanted = patches.slice(version, version + PATCHES_PER_PULL);
    return { patches: wanted.map(patch => encodePatch(FORGED.get(patch) ?? patch)), hasMore: version + wanted.length < patches.length };
  }

  /** Appends a companion's patch when `baseVersion` is the head. */
  async push(name: WAPatchName, baseVersion: number, encoded: Buffer): Promise<PushOutcome> {
    const collection = this.collection(name);
    const version = collection.patches.length + 1;
    if (baseVersion !== version - 1) return { outcome: 'conflict', version: version - 1 };
    const mutations: ChatMutation[] = [];
    try {
      const patch = proto.SyncdPatch.decode(encoded);
      patch.version = proto.SyncdVersion.create({ version });
      const read = await decodeSyncdPatch(
        patch,
        name,
        collection.state,
        appStateKeyLookup(this.account),
        mutation => mutations.push(mutation),
        true
      );
      collection.state = { version, ...read };
      collection.patches.push(patch);
    } catch (cause) {
      return { outcome: 'unreadable', cause };
    }
    return { outcome: 'stored', version, mutations };
  }

  /** The phone makes a change and appends it; answers the new version. `diverged`: it says that its copy of the collection is another one. `forgery`: devices get it altered. */
  async append(change: WAPatchCreate, { diverged = false, forgery = null }: AppendTerms = {}): Promise<number> {
    const collection = this.collection(change.type);
    const keyId = appStateKeyOf(this.account).keyId.toString('base64');
    const { patch, state } = await encodeSyncdPatch(change, keyId, collection.state, appStateKeyLookup(this.account));
    const version = collection.patches.length + 1;
    collection.state = { ...state, version };
    const made = { ...patch, ...(diverged ? this.codesOfAnotherCopy(change.type, version, patch) : {}), version: { version } };
    collection.patches.push(made);
    if (forgery !== null) FORGED.set(made, this.forge(change.type, made, forgery));
    return version;
  }

  /** As of a device whose copy differs: its patches are its own, and their code of the whole fits nobody else's (whatsapp-rust PR 1158). */
  private codesOfAnotherCopy(name: WAPatchName, version: number, { mutations }: proto.ISyncdPatch): proto.ISyncdPatch {
    const other = randomBytes(32);
    return { snapshotMac: other, patchMac: this.codeOf({ snapshotMac: other, mutations }, { name, version }) };
  }

  /** A patch that is not what its author made, which the official client refuses (`WAWebSyncdAntiTampering`; whatsapp-rust PR 752). */
  private forge(name: WAPatchName, patch: AppStateCollection['patches'][number], how: AppStateTerms['forgery']): proto.ISyncdPatch {
    if (how === 'code') return { ...patch, patchMac: randomBytes(32) };
    const all = patch.mutations ?? [];
    const altered = all.map(({ operation, record }) => ({
      operation,
      record: { ...record, value: { blob: randomBytes(record!.value!.blob!.length) } }
    }));
    const forged = { ...patch, mutations: how === 'repeated' ? [...all, ...all] : altered };
    return { ...forged, patchMac: this.codeOf(forged, { name, version: Number(patch.version?.version) }) };
  }

  private codeOf({ snapshotMac, mutations }: proto.ISyncdPatch, version: { name: WAPatchName; version: number }): Buffer {
    const valueMacs = (mutations ?? []).map(({ record }) => record!.value!.blob!.subarray(-32));
    return patchMac({ snapshotMac: snapshotMac!, valueMacs }, version, appStateKeyOf(this.account));
  }

  private collection(name: WAPatchName): AppStateCollection {
    const known = this.account.collections.get(name);
    if (known) return known;
    const fresh: AppStateCollection = { patches: [], state: newLTHashState() };
    this.account.collections.set(name, fresh);
    return fresh;
  }
}

export function isCollectionName(name: string | undefined): name is WAPatchName {
  return COLLECTION_NAMES.some(known => known === name);
}

function encodePatch(patch: proto.ISyncdPatch): Buffer {
  return Buffer.from(proto.SyncdPatch.encode(proto.SyncdPatch.fromObject(patch)).finish());
}
