import { Curve, NOISE_MODE, aesDecryptGCM, aesEncryptGCM, hkdf, proto, sha256, type KeyPair } from '@whiskeysockets/baileys';
import { NoiseTransport, nonce } from './noise-transport.js';

/** The identity of the server: a static key and the certificate chain for it. */
export interface ServerIdentity {
  staticKey: KeyPair;
  certificateChain: Buffer;
}

export interface FinishedHandshake {
  /** The client's Noise static key, which authenticates a login. */
  clientStatic: Buffer;
  payload: proto.ClientPayload;
  transport: NoiseTransport;
}

/** The names of the handshakes; a name of up to 32 bytes is padded, a longer one is hashed. */
export const NOISE_IK = 'Noise_IK_25519_AESGCM_SHA256\0\0\0\0';
export const NOISE_XX_FALLBACK = 'Noise_XXfallback_25519_AESGCM_SHA256';

/** The server's response to a hello; `finished` is set if the handshake is complete. */
export interface HelloAnswer {
  frame: Buffer;
  finished: FinishedHandshake | undefined;
}

/**
 * The server's half of WhatsApp's handshakes: first `hello`, then `finish` unless the hello
 * completed the handshake. Both throw if the client's bytes cannot be decrypted or decoded.
 *
 * A client that has the server's key from an earlier login begins with IK: its hello contains its static key and payload. If they were encrypted for
 * another key of the server, it gets the response of XXfallback, which continues as XX (zapo WaNoiseSession).
 */
export class NoiseHandshake {
  private hash: Buffer = Buffer.alloc(0);
  private chainingKey: Buffer = this.hash;
  private key: Buffer = this.hash;
  private counter = 0;
  private readonly ephemeral = Curve.generateKeyPair();

  constructor(
    private readonly server: ServerIdentity,
    private readonly prologue: Buffer
  ) {}

  /** Processes the client's hello; returns the frame with the server's hello. */
  hello(frame: Buffer): HelloAnswer {
    const { clientHello } = proto.HandshakeMessage.decode(frame);
    if (!clientHello?.ephemeral) throw new Error('a client hello without an ephemeral key');
    const { ephemeral, static: encryptedStatic, payload } = clientHello;
    const clientEphemeral = Buffer.from(ephemeral);
    if (!encryptedStatic || !payload) return { frame: this.full(NOISE_MODE, clientEphemeral), finished: undefined };
    return (
      this.resumed(clientEphemeral, { encryptedStatic, payload }) ?? {
        frame: this.full(NOISE_XX_FALLBACK, clientEphemeral),
        finished: undefined
      }
    );
  }

  /** Answers an IK hello; returns `undefined` if the client used another key of the server. */
  private resumed(
    clientEphemeral: Buffer,
    { encryptedStatic, payload }: { encryptedStatic: Uint8Array; payload: Uint8Array }
  ): HelloAnswer | undefined {
    const { staticKey, certificateChain } = this.server;
    this.begin(NOISE_IK);
    this.mixHash(staticKey.public);
    this.mixHash(clientEphemeral);
    this.mixKey(Curve.sharedKey(staticKey.private, clientEphemeral));
    let clientStatic: Buffer;
    try {
      clientStatic = this.decrypt(encryptedStatic);
    } catch {
      return undefined;
    }
    this.mixKey(Curve.sharedKey(staticKey.private, clientStatic));
    const clientPayload = proto.ClientPayload.decode(this.decrypt(payload));
    this.mixHash(this.ephemeral.public);
    this.mixKey(Curve.sharedKey(this.ephemeral.private, clientEphemeral));
    this.mixKey(Curve.sharedKey(this.ephemeral.private, clientStatic));
    const serverHello = { ephemeral: this.ephemeral.public, payload: this.encrypt(certificateChain) };
    const frame = Buffer.from(proto.HandshakeMessage.encode({ serverHello }).finish());
    return { frame, finished: { clientStatic, payload: clientPayload, transport: this.transport() } };
  }

  private full(name: string, clientEphemeral: Buffer): Buffer {
    this.begin(name);
    this.mixHash(clientEphemeral);
    this.mixHash(this.ephemeral.public);
    this.mixKey(Curve.sharedKey(this.ephemeral.private, clientEphemeral));
    const encryptedStatic = this.encrypt(this.server.staticKey.public);
    this.mixKey(Curve.sharedKey(this.server.staticKey.private, clientEphemeral));
    const payload = this.encrypt(this.server.certificateChain);
    const serverHello = { ephemeral: this.ephemeral.public, static: encryptedStatic, payload };
    return Buffer.from(proto.HandshakeMessage.encode({ serverHello }).finish());
  }

  /** Processes the client's finish; returns its static key, its payload and the keys for all following stanzas. */
  finish(frame: Buffer): FinishedHandshake {
    const { clientFinish } = proto.HandshakeMessage.decode(frame);
    if (!clientFinish?.static || !clientFinish.payload) throw new Error('a client finish without static key or payload');
    const clientStatic = this.decrypt(clientFinish.static);
    this.mixKey(Curve.sharedKey(this.ephemeral.private, clientStatic));
    const payload = proto.ClientPayload.decode(this.decrypt(clientFinish.payload));
    return { clientStatic, payload, transport: this.transport() };
  }

  private begin(name: string): void {
    const bytes = Buffer.from(name);
    this.hash = bytes.length === 32 ? bytes : sha256(bytes);
    this.chainingKey = this.hash;
    this.key = this.hash;
    this.counter = 0;
    this.mixHash(this.prologue);
  }

  private transport(): NoiseTransport {
    const [fromClient, toClient] = this.derive(Buffer.alloc(0));
    return new NoiseTransport({ readKey: fromClient, writeKey: toClient });
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
