/** Baileys as the rest of this room imports it: loaded after the preload, with signatures checked. */
import './preload.js';
import { Curve } from '@whiskeysockets/baileys';
import { installStrictCurve } from './signal/signature-curve.js';

installStrictCurve(Curve);

export * from '@whiskeysockets/baileys';
export {
  GroupCipher,
  SenderKeyDistributionMessage,
  SenderKeyMessage,
  SenderKeyName,
  SenderKeyRecord
} from '@whiskeysockets/baileys/lib/Signal/Group/index.js';
