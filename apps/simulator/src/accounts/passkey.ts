import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import type { ExportedPasskey, PasskeyAssertion } from '@wabus/testing';

const CREDENTIAL_ID_BYTES = 16;
const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
/** Backup eligible and backed up, as with passkeys that a password manager stores. */
const SYNCED = 0x18;
const COUNTER_BYTES = 4;

/** The form of {@link SimulatedPasskey.dump}; values are base64. */
export interface StoredPasskey {
  credentialId: string;
  publicKey: string;
  /** `null` if the private key is elsewhere. */
  privateKey: string | null;
}

/** The terms of an assertion that an authenticator signs. */
export interface AssertionWish {
  rpId: string;
  challenge: string;
  origin: string;
  type: string;
  crossOrigin: boolean;
  userPresent: boolean;
  userVerified: boolean;
  /** Replaces the passkey's own id in invalid assertions. */
  credentialId?: Buffer;
  foreignKey: boolean;
}

/** The passkey of an account: a P-256 key on its phone, or the public half of a key in a browser. */
export class SimulatedPasskey {
  private constructor(
    readonly credentialId: Buffer,
    readonly publicKey: KeyObject,
    private readonly privateKey: KeyObject | undefined
  ) {}

  static create(): SimulatedPasskey {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    return new SimulatedPasskey(randomBytes(CREDENTIAL_ID_BYTES), publicKey, privateKey);
  }

  /** Creates a passkey whose private key is elsewhere, so it cannot sign here. */
  static heldElsewhere(credentialId: Buffer, publicKey: KeyObject): SimulatedPasskey {
    return new SimulatedPasskey(credentialId, publicKey, undefined);
  }

  static restore({ credentialId, publicKey, privateKey }: StoredPasskey): SimulatedPasskey {
    const der = (key: string) => Buffer.from(key, 'base64');
    return new SimulatedPasskey(
      Buffer.from(credentialId, 'base64'),
      createPublicKey({ key: der(publicKey), format: 'der', type: 'spki' }),
      privateKey === null ? undefined : createPrivateKey({ key: der(privateKey), format: 'der', type: 'pkcs8' })
    );
  }

  dump(): StoredPasskey {
    return {
      credentialId: this.credentialId.toString('base64'),
      publicKey: this.publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
      privateKey: this.privateKey?.export({ format: 'der', type: 'pkcs8' }).toString('base64') ?? null
    };
  }

  /** Returns the passkey for an authenticator that takes it over; `undefined` if the private key is elsewhere already. */
  export(rpId: string): ExportedPasskey | undefined {
    const { credentialId, privateKey } = this.dump();
    if (privateKey === null) return undefined;
    return { credentialId, isResidentCredential: true, rpId, privateKey, userHandle: this.userHandle.toString('base64'), signCount: 0 };
  }

  /** Signs authenticator data and the hash of the client data as WebAuthn requires. Returns `undefined` if the private key is elsewhere. */
  assert(wish: AssertionWish): PasskeyAssertion | undefined {
    if (!this.privateKey) return undefined;
    const { type, challenge, origin, crossOrigin } = wish;
    const clientData = Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin }));
    const flags = SYNCED | (wish.userPresent ? USER_PRESENT : 0) | (wish.userVerified ? USER_VERIFIED : 0);
    const authenticatorData = Buffer.concat([sha256(Buffer.from(wish.rpId)), Buffer.from([flags]), Buffer.alloc(COUNTER_BYTES)]);
    const key = wish.foreignKey ? generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey : this.privateKey;
    const signature = sign('sha256', Buffer.concat([authenticatorData, sha256(clientData)]), key);
    const id = (wish.credentialId ?? this.credentialId).toString('base64url');
    return {
      id,
      rawId: id,
      type: 'public-key',
      response: {
        clientDataJSON: clientData.toString('base64url'),
        authenticatorData: authenticatorData.toString('base64url'),
        signature: signature.toString('base64url'),
        userHandle: this.userHandle.toString('base64url')
      }
    };
  }

  private get userHandle(): Buffer {
    return sha256(this.credentialId).subarray(0, 16);
  }
}

function sha256(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}
