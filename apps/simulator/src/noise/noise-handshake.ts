import { Curve, NOISE_MODE, aesDecryptGCM, aesEncryptGCM, hkdf, proto, sha256, type KeyPair } from '@whiskeysockets/baileys';
import { NoiseTransport, nonce } from './noise-transport.js';

/** Who the server says it is: a static key and the certificate chain for it. */
export interface ServerIdentity {
  staticKey: KeyPair;
  certificateChain: Buffer;
}

export interface FinishedHandshake {
  /** The client's Noise static key: what authenticates a login. */
  clientStatic: Buffer;
  payload: proto.ClientPayload;
  transport: NoiseTransport;
}

/**
 * The server's half of `Noise_XX_25519_AESGCM_SHA256` as WhatsApp uses it: first `hello`, then `finish`, in this order. Both throw when the
 * client's bytes do not decrypt or decode.
 */
export class NoiseHandshake {
  private hash: Buffer;
  private chainingKey: Buffer;
  private key: Buffer;
  private counter = 0;
  private readonly ephemeral = Curve.generateKeyPair();

  constructor(
    private readonly server: ServerIdentity,
    prologue: Buffer
  ) {
    // The protocol name is exactly 32 bytes, so it is the first hash, chaining key and key itself.
    this.hash = Buffer.from(NOISE_MODE);
    this.chainingKey = this.hash;
    this.key = this.hash;
    this.mixHash(prologue);
  }

  /** Takes the client's hello; answers the frame of the server's. */
  hello(frame: Buffer): Buffer {
    const { clientHello } = proto.HandshakeMessage.decode(frame);
    if (!clientHello?.ephemeral) throw new Error('a client hello without an ephemeral key');
    const clientEphemeral = Buffer.from(clientHello.ephemeral);
    this.mixHash(clientEphemeral);
    this.mixHash(this.ephemeral.public);
    this.mixKey(Curve.sharedKey(this.ephemeral.private, clientEphemeral));
    const encryptedStatic = this.encrypt(this.server.staticKey.public);
    this.mixKey(Curve.sharedKey(this.server.staticKey.private, clientEphemeral));
    const payload = this.encrypt(this.server.certificateChain);
    const serverHello = { ephemeral: this.ephemeral.public, static: encryptedStatic, payload };
    return Buffer.from(proto.HandshakeMessage.encode({ serverHello }).finish());
  }

  /** Takes the client's finish: its static key, its payload, and the keys for everything after. */
  finish(frame: Buffer): FinishedHandshake {
    const { clientFinish } = proto.HandshakeMessage.decode(frame);
    if (!clientFinish?.static || !clientFinish.payload) throw new Error('a client finish without static key or payload');
    const clientStatic = this.decrypt(clientFinish.static);
    this.mixKey(Curve.sharedKey(this.ephemeral.private, clientStatic));
    const payload = proto.ClientPayload.decode(this.decrypt(clientFinish.payload));
    const [fromClient, toClient] = this.derive(Buffer.alloc(0));
    return { clientStatic, payload, transport: new NoiseTransport({ readKey: fromClient, writeKey: toClient }) };
  }

  private mixHash(data: Uint8Array): void {
    this.hash = sha256(Buffer.concat([this.hash, data]));
  }

  private mixKey(secret: Uint8Array): void {
    [this.chainingKey, this.key] = this.derive(secret);
    this.counter = 0;
  }

  private derive(secret: Uint8Array): [Buffer, Buffer] {
    const output = Buffer.from(hkdf(secret, 64, { salt: this.chainingKey, info: '' }));
    return [output.subarray(0, 32), output.subarray(32)];
  }

  private encrypt(plaintext: Uint8Array): Buffer {
    const ciphertext = aesEncryptGCM(plaintext, this.key, nonce(this.counter++), this.hash);
    this.mixHash(ciphertext);
    return ciphertext;
  }

  private decrypt(ciphertext: Uint8Array): Buffer {
    const plaintext = aesDecryptGCM(ciphertext, this.key, nonce(this.counter++), this.hash);
    this.mixHash(ciphertext);
    return plaintext;
  }
}
