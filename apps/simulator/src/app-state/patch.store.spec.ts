import { chatModificationToAppPatch, decodePatches, encodeSyncdPatch, newLTHashState, proto } from '@whiskeysockets/baileys';
import { AccountsRegistry } from '../accounts/accounts.registry.js';
import type { Account } from '../accounts/account.js';
import { appStateKeyLookup, appStateKeyOf } from './app-state-key.js';
import { PatchStore } from './patch.store.js';

const CHAT = '15550000009@s.whatsapp.net';
const pin = chatModificationToAppPatch({ pin: true }, CHAT);

let account: Account;
let store: PatchStore;

beforeEach(() => {
  account = new AccountsRegistry().create({});
  store = new PatchStore(account);
});

/** A patch that a companion with the shared key would push on top of `state`. */
async function companionPatch(state = newLTHashState()): Promise<Buffer> {
  const keyId = appStateKeyOf(account).keyId.toString('base64');
  const { patch } = await encodeSyncdPatch(pin, keyId, state, appStateKeyLookup(account));
  return Buffer.from(proto.SyncdPatch.encode(patch).finish());
}

/** Reads all patches as a companion does and verifies every authentication code. */
async function readAll(): Promise<{ version: number; indexes: unknown[] }> {
  const patches = store.pull('regular_low', 0).patches.map(patch => proto.SyncdPatch.decode(patch));
  const { state, mutationMap } = await decodePatches(
    'regular_low',
    patches,
    newLTHashState(),
    appStateKeyLookup(account),
    {},
    undefined,
    undefined,
    true
  );
  return { version: state.version, indexes: Object.values(mutationMap).map(({ index }) => index) };
}

test('a companion reads patches of the phone with valid codes', async () => {
  expect(await store.append(pin)).toBe(1);
  expect(await store.append(chatModificationToAppPatch({ archive: true, lastMessages: [] }, CHAT))).toBe(2);
  expect(await readAll()).toEqual({
    version: 2,
    indexes: [
      ['pin_v1', CHAT],
      ['archive', CHAT]
    ]
  });
});

test('the phone reads a patch that a companion pushed', async () => {
  const pushed = await store.push('regular_low', 0, await companionPatch());
  expect(pushed).toMatchObject({ outcome: 'stored', version: 1, mutations: [{ index: ['pin_v1', CHAT] }] });
  await store.append(pin);
  expect((await readAll()).version).toBe(2);
});

test('a push on an old base is a conflict and stores nothing', async () => {
  await store.append(pin);
  expect(await store.push('regular_low', 0, await companionPatch())).toEqual({ outcome: 'conflict', version: 1 });
  expect(store.pull('regular_low', 0).patches).toHaveLength(1);
});

test('a patch that fails authentication is refused', async () => {
  appStateKeyOf(account);
  const forged = proto.SyncdPatch.decode(await companionPatch());
  forged.patchMac = Buffer.alloc(32);
  const pushed = await store.push('regular_low', 0, Buffer.from(proto.SyncdPatch.encode(forged).finish()));
  expect(pushed.outcome).toBe('unreadable');
  expect(store.pull('regular_low', 0)).toEqual({ patches: [], hasMore: false });
});

test('a pull returns fifty patches and reports that more follow', async () => {
  for (let n = 0; n < 51; n++) await store.append(pin);
  const first = store.pull('regular_low', 0);
  expect([first.patches.length, first.hasMore]).toEqual([50, true]);
  const rest = store.pull('regular_low', 50);
  expect([rest.patches.length, rest.hasMore]).toEqual([1, false]);
});
