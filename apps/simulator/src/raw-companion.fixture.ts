import { once } from 'node:events';
import { Curve, aesDecryptGCM, aesEncryptGCM, decodeBinaryNode, encodeBinaryNode, hkdf, proto, sha256, signedKeyPair } from 'baileys-stock';
import { WebSocket } from 'ws';
import { Device, type Account } from './accounts/account.js';
import { Outbox } from './accounts/outbox.js';
import { encodeFrame, FrameReader } from './noise/frame.codec.js';
import type { Simulator } from './simulator.js';
import { element, type Stanza } from './stanza/stanza.js';

const HEADER = Buffer.from([87, 65, 6, 3]);
const NAMES = {
  xx: 'Noise_XX_25519_AESGCM_SHA256\0\0\0\0',
  ik: 'Noise_IK_25519_AESGCM_SHA256\0\0\0\0',
  fallback: 'Noise_XXfallback_25519_AESGCM_SHA256'
};
const WAIT_MS = 5_000;

/** The client's half of a Noise handshake, as zapo's WaNoiseHandshake describes it. */
class Handshake {
  private hash: Buffer;
  private salt: Buffer;
  private key: Buffer;
  private counter = 0;

  constructor(name: string) {
    const bytes = Buffer.from(name);
    this.hash = bytes.length === 32 ? bytes : sha256(bytes);
    this.salt = this.hash;
    this.key = this.hash;
    this.mixHash(HEADER);
  }

  mixHash(data: Uint8Array): void {
    this.hash = sha256(Buffer.concat([this.hash, data]));
  }

  mixKey(privateKey: Uint8Array, publicKey: Uint8Array): void {
    [this.salt, this.key] = this.split(Curve.sharedKey(privateKey, publicKey));
    this.counter = 0;
  }

  encrypt(plaintext: Uint8Array): Buffer {
    const ciphertext = aesEncryptGCM(plaintext, this.key, nonceOf(this.counter++), this.hash);
    this.mixHash(ciphertext);
    return ciphertext;
  }

  decrypt(ciphertext: Uint8Array): Buffer {
    const plaintext = aesDecryptGCM(ciphertext, this.key, nonceOf(this.counter++), this.hash);
    this.mixHash(ciphertext);
    return plaintext;
  }

  /** Returns the keys to write and to read with. */
  finish(): [Buffer, Buffer] {
    return this.split(Buffer.alloc(0));
  }

  private split(secret: Uint8Array): [Buffer, Buffer] {
    const bytes = Buffer.from(hkdf(secret, 64, { salt: this.salt, info: '' }));
    return [bytes.subarray(0, 32), bytes.subarray(32)];
  }
}

/**
 * A linked device without Baileys: it performs its own handshake at login and sends only the
 * stanzas of a test. For the service's behavior toward clients that differ from Baileys.
 */
export class RawCompanion {
  /** All received stanzas, oldest first. */
  readonly received: Stanza[] = [];
  /** The handshake of the last login. */
  handshake: keyof typeof NAMES = 'xx';
  /** The server's static key, from the last login. */
  serverKey: Buffer | undefined;
  private socket!: WebSocket;
  private keys!: [write: Buffer, read: Buffer];
  private counters = [0, 0];
  private reading: Promise<void> = Promise.resolve();
  private readonly waiting = new Set<() => void>();
  private requests = 0;

  private constructor(
    private readonly simulator: Simulator,
    readonly device: Device,
    private readonly noiseKey: { private: Uint8Array; public: Uint8Array }
  ) {}

  /** Creates a linked device of the account that has not logged in. */
  static link(simulator: Simulator, account: Account): RawCompanion {
    const [noiseKey, identity] = [Curve.generateKeyPair(), Curve.generateKeyPair()];
    const { keyPair, signature, keyId } = signedKeyPair(identity, 1);
    const id = account.nextDevice++;
    const keys = {
      identityKey: Buffer.from(identity.public),
      registrationId: id,
      signedPreKey: { id: keyId, publicKey: Buffer.from(keyPair.public), signature: Buffer.from(signature) },
      noiseKey: Buffer.from(noiseKey.public)
    };
    const device = new Device(account, { id, keyIndex: id, ...keys }, new Outbox());
    // Skips the keys and history that a phone sends to a new device.
    device.greeted = true;
    account.devices.set(id, device);
    return new RawCompanion(simulator, device, noiseKey);
  }

  /** Logs in: by IK if a key of the server is known, by XX otherwise. Resolves with `<success>`. */
  async login(): Promise<Stanza> {
    this.received.length = 0;
    this.counters = [0, 0];
    const frames = new FrameReader();
    // The server's stream has no header of its own.
    frames.feed(HEADER);
    const inbox: Buffer[] = [];
    this.socket = new WebSocket(this.simulator.ready.url);
    let open = false;
    this.socket.on('message', (data: Buffer) => {
      for (const frame of frames.feed(data))
        if (open) this.read(frame);
        else inbox.push(frame);
      this.wake();
    });
    await once(this.socket, 'open');
    this.keys = await this.shakeHands(async () => {
      await this.until(() => inbox.length > 0);
      return inbox.shift()!;
    });
    open = true;
    for (const frame of inbox) this.read(frame);
    return this.next(({ tag }) => tag === 'success');
  }

  send(stanza: Stanza): void {
    const ciphertext = aesEncryptGCM(encodeBinaryNode(stanza), this.keys[0], nonceOf(this.counters[0]!++), Buffer.alloc(0));
    this.socket.send(encodeFrame(ciphertext));
  }

  /** Sends a request and resolves with the whole `<iq>` of the response, of any type. */
  async ask(type: 'get' | 'set', xmlns: string, content: Stanza[], to = '@s.whatsapp.net'): Promise<Stanza> {
    const id = `ask-${++this.requests}`;
    this.send(element('iq', { id, type, xmlns, to }, content));
    return this.next(({ tag, attrs }) => tag === 'iq' && attrs['id'] === id);
  }

  /** Resolves with the first matching stanza of this connection, past or future. */
  async next(matches: (stanza: Stanza) => boolean): Promise<Stanza> {
    await this.until(() => this.received.some(matches));
    return this.received.find(matches)!;
  }

  /** Disconnects and resolves once the simulator has noticed. */
  async leave(): Promise<void> {
    this.socket.close();
    const { events } = this.simulator.world;
    while (this.device.online) await once(events, 'device-change');
  }

  private async shakeHands(next: () => Promise<Buffer>): Promise<[Buffer, Buffer]> {
    const ephemeral = Curve.generateKeyPair();
    const payload = this.payload();
    const known = this.serverKey;
    let handshake = new Handshake(known ? NAMES.ik : NAMES.xx);
    const hello: proto.HandshakeMessage.IClientHello = { ephemeral: ephemeral.public };
    if (known) handshake.mixHash(known);
    handshake.mixHash(ephemeral.public);
    if (known) {
      handshake.mixKey(ephemeral.private, known);
      hello.static = handshake.encrypt(this.noiseKey.public);
      handshake.mixKey(this.noiseKey.private, known);
      hello.payload = handshake.encrypt(payload);
    }
    const header = encodeFrame(proto.HandshakeMessage.encode({ clientHello: hello }).finish());
    this.socket.send(Buffer.concat([HEADER, header]));
    const { serverHello } = proto.HandshakeMessage.decode(await next());
    const theirs = serverHello!.ephemeral!;
    this.handshake = known ? (serverHello!.static ? 'fallback' : 'ik') : 'xx';
    if (this.handshake === 'fallback') {
      handshake = new Handshake(NAMES.fallback);
      handshake.mixHash(ephemeral.public);
    }
    handshake.mixHash(theirs);
    handshake.mixKey(ephemeral.private, theirs);
    if (this.handshake === 'ik') {
      handshake.mixKey(this.noiseKey.private, theirs);
      handshake.decrypt(serverHello!.payload!);
      return handshake.finish();
    }
    this.serverKey = handshake.decrypt(serverHello!.static!);
    handshake.mixKey(ephemeral.private, this.serverKey);
    handshake.decrypt(serverHello!.payload!);
    const encryptedStatic = handshake.encrypt(this.noiseKey.public);
    handshake.mixKey(this.noiseKey.private, theirs);
    const clientFinish = { static: encryptedStatic, payload: handshake.encrypt(payload) };
    this.socket.send(encodeFrame(proto.HandshakeMessage.encode({ clientFinish }).finish()));
    return handshake.finish();
  }

  private payload(): Uint8Array {
    const { account, id } = this.device;
    const [primary, secondary, tertiary] = this.simulator.world.settings.versions.oldestVersion.split('.').map(Number);
    const login = { username: Number(account.phoneNumber), device: id, passive: true, pull: true };
    return proto.ClientPayload.encode({ ...login, userAgent: { appVersion: { primary, secondary, tertiary } } }).finish();
  }

  private read(frame: Buffer): void {
    const plain = aesDecryptGCM(frame, this.keys[1], nonceOf(this.counters[1]!++), Buffer.alloc(0));
    this.reading = this.reading.then(async () => {
      this.received.push(await decodeBinaryNode(plain));
      this.wake();
    });
  }

  private wake(): void {
    for (const look of this.waiting) look();
  }

  private until(condition: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        if (!condition()) return;
        this.waiting.delete(look);
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        this.waiting.delete(look);
        reject(new Error(`nothing of that within ${WAIT_MS} ms; came: ${JSON.stringify(this.received).slice(-2_000)}`));
      }, WAIT_MS);
      this.waiting.add(look);
      look();
    });
  }
}

function nonceOf(counter: number): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt32BE(counter, 8);
  return bytes;
}
