/** Baileys as the rest of this room imports it: loaded after the preload, with signatures checked. */
import './preload.js';
import { Curve, generateLoginNode, type BinaryNode, type proto as Proto } from '@whiskeysockets/baileys';
import { makeSocket } from '@whiskeysockets/baileys/lib/Socket/socket.js';
import type { AppStateReading } from './app-state/collection.reader.js';
import { installStrictCurve } from './signal/signature-curve.js';

/** What our patch of Baileys adds to the configuration of a socket. */
export interface InterceptedSocketConfig {
  /** Gets every stanza before it is sent; answers what is sent in its place, or `null` for nothing. */
  readonly interceptNode: (node: BinaryNode) => BinaryNode | null;
  /** Gets what Baileys is about to say of this client at a login or registration; answers what is said in its place. */
  readonly clientPayload: (payload: Proto.IClientPayload) => Proto.IClientPayload;
  /** Reads collections of the synchronized state. */
  readonly appState: AppStateReading;
}

if (!String(makeSocket).includes('config.interceptNode') || !String(generateLoginNode).includes('config.clientPayload'))
  throw new Error('Baileys is not patched. Run: node tools/setup/dependency.patches.mjs, then build again.');

installStrictCurve(Curve);

export * from '@whiskeysockets/baileys';
export { extractGroupMetadata } from '@whiskeysockets/baileys/lib/Socket/groups.js';
export {
  GroupCipher,
  SenderKeyDistributionMessage,
  SenderKeyMessage,
  SenderKeyName,
  SenderKeyRecord
} from '@whiskeysockets/baileys/lib/Signal/Group/index.js';
