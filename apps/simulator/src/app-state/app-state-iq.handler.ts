import type { WAPatchName } from '@whiskeysockets/baileys';
import type { Account, Device } from '../accounts/account.js';
import { child, children, element, requiredBytes, requiredChild, type Stanza } from '../stanza/stanza.js';
import type { IqHandler } from '../world/iq-request.js';
import type { World } from '../world/world.js';
import { appStateTermsOf } from './app-state-terms.js';
import { snapshotElement } from './collection-snapshot.builder.js';
import { PatchStore, isCollectionName } from './patch.store.js';
import { serverSyncNotification } from './phone-mutation.js';

/** Answers `w:sync:app:state`: for each collection either a pull of the patches after a version, or a push of one patch on top of the head. */
export const appStateIqHandler: IqHandler = async ({ world, account, device, stanza }) => {
  if (!account) return { error: { code: 401, text: 'not-authorized' } };
  const answers: Stanza[] = [];
  for (const asked of children(requiredChild(stanza, 'sync'), 'collection')) {
    const name = asked.attrs['name'];
    if (!isCollectionName(name)) {
      answers.push(refused(name ?? '', 400, 'bad-request'));
      continue;
    }
    const patch = child(asked, 'patch');
    answers.push(patch ? await push({ world, account, device }, name, asked, patch) : await pull(world, account, name, asked));
  }
  return { result: [element('sync', {}, answers)] };
};

async function pull(world: World, account: Account, name: WAPatchName, asked: Stanza): Promise<Stanza> {
  const terms = appStateTermsOf(world);
  if (terms.take(account, 'refuseReads')) return refused(name, terms.of(account).code, 'refused');
  const version = versionOf(asked);
  const head = account.collections.get(name)?.patches.length ?? 0;
  const { snapshots } = terms.of(account);
  if (asked.attrs['return_snapshot'] === 'true' && head > 0 && snapshots !== 'none') {
    const snapshot = await snapshotElement(world, account, { name, broken: snapshots === 'broken' });
    return element('collection', { name, type: 'result', version: head, has_more_patches: 'false' }, [snapshot]);
  }
  const { patches, hasMore } = patchesAfter(account, name, version);
  return element('collection', { name, type: 'result', version, has_more_patches: String(hasMore) }, [patches]);
}

function patchesAfter(account: Account, name: WAPatchName, version: number): { patches: Stanza; hasMore: boolean } {
  const { patches, hasMore } = new PatchStore(account).pull(name, version);
  const content = patches.map(patch => element('patch', {}, patch));
  return { patches: element('patches', {}, content), hasMore };
}

async function push(
  asker: { world: World; account: Account; device: Device | undefined },
  name: WAPatchName,
  asked: Stanza,
  patch: Stanza
): Promise<Stanza> {
  const refusal = appStateTermsOf(asker.world).takeRefusal(asker.account);
  if (refusal === 409) return conflict(asker.account, name, asked);
  if (refusal !== null) return refused(name, refusal, 'refused');
  const pushed = await new PatchStore(asker.account).push(name, versionOf(asked), requiredBytes(patch));
  switch (pushed.outcome) {
    case 'conflict':
      return conflict(asker.account, name, asked);
    case 'unreadable':
      return refused(name, 400, 'bad-request');
    case 'stored':
      asker.world.deliverToAll(asker.account, serverSyncNotification(name, pushed.version), asker.device);
      asker.world.events.emit('changed');
      return element('collection', { name, type: 'result', version: pushed.version });
  }
}

/** Includes the patches that the device lacks, so that it can apply them and push again (whatsmeow appstate.go, zapo appstate-sync.test). */
function conflict(account: Account, name: WAPatchName, asked: Stanza): Stanza {
  const version = versionOf(asked);
  const { patches, hasMore } = patchesAfter(account, name, version);
  const attrs = { version, has_more_patches: String(hasMore) };
  return element('collection', { name, type: 'error', ...attrs }, [element('error', { code: 409, text: 'conflict' }), patches]);
}

function refused(name: string, code: number, text: string): Stanza {
  return element('collection', { name, type: 'error' }, [element('error', { code, text })]);
}

function versionOf(asked: Stanza): number {
  const version = Number(asked.attrs['version'] ?? 0);
  return Number.isInteger(version) && version >= 0 ? version : 0;
}
