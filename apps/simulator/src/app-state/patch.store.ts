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

/** The number of patches that one pull returns at most before it sets `has_more_patches`. */
const PATCHES_PER_PULL = 50;

/** The collections that Baileys supports: `ALL_WA_PATCH_NAMES`. */
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

/** The altered patches that devices get in place of the originals. */
const FORGED = new WeakMap<proto.ISyncdPatch, proto.ISyncdPatch>();

export type PushOutcome =
  /** Appended; `mutations` are those that the phone read in the patch. */
  | { outcome: 'stored'; version: number; mutations: ChatMutation[] }
  /** The companion's base version is not the head, so it must pull first. */
  | { outcome: 'conflict'; version: number }
  /** The phone cannot read the patch, or its authentication codes are wrong. */
  | { outcome: 'unreadable'; cause: unknown };

/**
 * One account's app-state collections: append-only lists of encrypted patches. The phone reads each
 * patch, so that it can write on top of what companions wrote, and verifies every authentication code.
 */
export class PatchStore {
  constructor(private readonly account: Account) {}

  /** Returns the patches after `version`, oldest first and at most fifty. */
  pull(name: WAPatchName, version: number): { patches: Buffer[]; hasMore: boolean } {
    const { patches } = this.collection(name);
    const wanted = patches.slice(version, version + PATCHES_PER_PULL);
    return { patches: wanted.map(patch => encodePatch(FORGED.get(patch) ?? patch)), hasMore: version + wanted.length < patches.length };
  }

  /** Appends a companion's patch if `baseVersion` is the head. */
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

  /**
   * Appends a change that the phone makes; returns the new version. `diverged`: the patch claims that the phone has another copy of the collection.
   * `forgery`: devices get an altered patch.
   */
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

  /**
   * Returns the codes of a device with a different copy: its patches carry its own codes,
   * and their code of the whole collection matches nobody else's (whatsapp-rust PR 1158).
   */
  private codesOfAnotherCopy(name: WAPatchName, version: number, { mutations }: proto.ISyncdPatch): proto.ISyncdPatch {
    const other = randomBytes(32);
    return { snapshotMac: other, patchMac: this.codeOf({ snapshotMac: other, mutations }, { name, version }) };
  }

  /** Returns a patch that differs from the one its author made, which the official client refuses (`WAWebSyncdAntiTampering`; whatsapp-rust PR 752). */
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
