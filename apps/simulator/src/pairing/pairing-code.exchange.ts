import { randomBytes } from 'node:crypto';
import { aesDecryptCTR, aesDecryptGCM, aesEncryptCTR, Curve, derivePairingCodeKey, hkdf, type KeyPair } from '@whiskeysockets/baileys';
import type { UnlinkedConnection } from './unlinked-connection.js';
import { child, element, MalformedStanzaError, requiredBytes, secondsNow, SERVER_JID, type Stanza } from '../stanza/stanza.js';

/** The element of pairing by code, and the type of its notifications. */
export const LINK_CODE_TAG = 'link_code_companion_reg';
const SALT_BYTES = 32;
const CTR_IV_BYTES = 16;
const GCM_IV_BYTES = 12;
const KEY_BYTES = 32;

/** Key derivation labels of WhatsApp's link-code protocol. */
const BUNDLE_KEY_INFO = 'link_code_pairing_key_bundle_encryption_key';
const SECRET_INFO = 'adv_secret';

/** The secrets that a phone and a companion share after the exchange. */
export interface PairingSecrets {
  companionIdentity: Buffer;
  /** Only the phone and the companion have it: proves that the phone, not the server, created the identity. */
  advSecret: Buffer;
}

/** The phone's side of pairing by code with one companion, from its `companion_hello` on. */
export class PairingCodeExchange {
  readonly reference = randomBytes(16);
  private readonly askedAt = Date.now();
  private readonly wrappedEphemeral: Buffer;
  private waiting: { resolve(registration: Stanza): void; reject(err: Error): void } | undefined;

  /** `registration` is the `<link_code_companion_reg stage="companion_hello">`. */
  constructor(
    readonly connection: UnlinkedConnection,
    readonly phoneNumber: string,
    registration: Stanza
  ) {
    this.wrappedEphemeral = requiredBytes(child(registration, 'link_code_pairing_wrapped_companion_ephemeral_pub'));
    if (this.wrappedEphemeral.length !== SALT_BYTES + CTR_IV_BYTES + KEY_BYTES)
      throw new MalformedStanzaError('a wrapped key of the wrong length');
  }

  ageMs(): number {
    return Date.now() - this.askedAt;
  }

  hasReference(reference: Buffer | undefined): boolean {
    return reference !== undefined && this.reference.equals(reference);
  }

  helloAnswer(): Stanza {
    return element(LINK_CODE_TAG, { stage: 'companion_hello' }, [element('link_code_pairing_ref', {}, this.reference)]);
  }

  /**
   * Handles a code that the owner typed: exchanges ephemeral keys that are encrypted with
   * it and resolves with the shared secrets; with `undefined` if the code is wrong.
   * Rejects if the companion leaves in the meantime.
   */
  async enter(code: string, identity: KeyPair, notificationId: string): Promise<PairingSecrets | undefined> {
    const companionEphemeral = await unwrap(this.wrappedEphemeral, code);
    const ephemeral = Curve.generateKeyPair();
    const finished = new Promise<Stanza>((resolve, reject) => {
      this.waiting = { resolve, reject };
    });
    this.connection.wire.send(
      element('notification', { from: SERVER_JID, type: LINK_CODE_TAG, id: notificationId, t: secondsNow() }, [
        element(LINK_CODE_TAG, { stage: 'primary_hello' }, [
          element('link_code_pairing_wrapped_primary_ephemeral_pub', {}, await wrap(ephemeral.public, code)),
          element('primary_identity_pub', {}, identity.public),
          element('link_code_pairing_ref', {}, this.reference)
        ])
      ])
    );
    const registration = await finished;
    const shared = Curve.sharedKey(ephemeral.private, companionEphemeral);
    const companionIdentity = requiredBytes(child(registration, 'companion_identity_public'));
    const bundle = openBundle(requiredBytes(child(registration, 'link_code_pairing_wrapped_key_bundle')), shared);
    if (!bundle?.companionIdentity.equals(companionIdentity) || !bundle.primaryIdentity.equals(identity.public)) return undefined;
    const secret = Buffer.concat([shared, Curve.sharedKey(identity.private, companionIdentity), bundle.random]);
    return { companionIdentity, advSecret: Buffer.from(hkdf(secret, KEY_BYTES, { info: SECRET_INFO })) };
  }

  /** Handles the companion's `companion_finish`. */
  finish(registration: Stanza): void {
    this.waiting?.resolve(registration);
  }

  abandon(err: Error): void {
    this.waiting?.reject(err);
  }
}

async function unwrap(wrapped: Buffer, code: string): Promise<Buffer> {
  const key = await derivePairingCodeKey(code, wrapped.subarray(0, SALT_BYTES));
  return aesDecryptCTR(wrapped.subarray(SALT_BYTES + CTR_IV_BYTES), key, wrapped.subarray(SALT_BYTES, SALT_BYTES + CTR_IV_BYTES));
}

async function wrap(publicKey: Uint8Array, code: string): Promise<Buffer> {
  const salt = randomBytes(SALT_BYTES);
  const iv = randomBytes(CTR_IV_BYTES);
  return Buffer.concat([salt, iv, aesEncryptCTR(publicKey, await derivePairingCodeKey(code, salt), iv)]);
}

/** Decrypts the companion's key bundle; returns `undefined` if it was encrypted with another code. */
function openBundle(sealed: Buffer, shared: Buffer): { companionIdentity: Buffer; primaryIdentity: Buffer; random: Buffer } | undefined {
  const salt = sealed.subarray(0, SALT_BYTES);
  const iv = sealed.subarray(SALT_BYTES, SALT_BYTES + GCM_IV_BYTES);
  const key = hkdf(shared, KEY_BYTES, { salt, info: BUNDLE_KEY_INFO });
  try {
    const plain = aesDecryptGCM(sealed.subarray(SALT_BYTES + GCM_IV_BYTES), key, iv, Buffer.alloc(0));
    return { companionIdentity: plain.subarray(0, 32), primaryIdentity: plain.subarray(32, 64), random: plain.subarray(64) };
  } catch {
    return undefined;
  }
}
