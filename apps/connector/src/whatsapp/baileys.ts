/** The only import of Baileys for the rest of this folder: loaded after the preload, with strict signature checks. */
import './preload.js';
import { Curve, generateLoginNode, type BinaryNode, type proto as Proto } from '@whiskeysockets/baileys';
import { makeSocket } from '@whiskeysockets/baileys/lib/Socket/socket.js';
import type { AppStateReading } from './app-state/collection.reader.js';
import { installStrictCurve } from './signal/signature-curve.js';

/** The socket options that our patch adds to Baileys. */
export interface InterceptedSocketConfig {
  /** Receives every stanza before it is sent. Returns the stanza to send instead, or `null` to send none. */
  readonly interceptNode: (node: BinaryNode) => BinaryNode | null;
  /** Receives the client payload that Baileys is about to send at a login or registration. Returns the payload to send instead. */
  readonly clientPayload: (payload: Proto.IClientPayload) => Proto.IClientPayload;
  /** Reads the collections of the synchronized state. */
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
