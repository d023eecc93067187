import { createCipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { Curve, proto, type BinaryNode, type KeyPair } from 'baileys-stock';
import type { PasskeyAssertion } from '@wabus/testing';
import type { LinkingCompanion } from './linking-companion.fixture.js';
import { stanzaBytes, child } from './stanza/stanza.js';

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTVWXYZ';
const CHROME = 1;
const ANSWER_LIMIT_MS = 20_000;

/** Deliberate mistakes of a companion. */
export interface PasskeyMistakes {
  /** Sends no proof, or one made with another secret. */
  proof?: 'none' | 'wrong';
  /** Keeps the secret of the QR code instead of generating a new one. */
  keepsSecret?: boolean;
  reference?: string;
  /** Opens the commitment with another nonce. */
  nonce?: 'other' | 'short';
  /** Puts another Noise or identity key into the request. */
  requestKey?: 'noise' | 'identity';
  /** Encrypts the request with another key. */
  seal?: 'wrong';
  /** Changes the order or the number of the parts of the prologue. */
  parts?: (parts: BinaryNode[]) => BinaryNode[];
}

/** The key and nonce with which the phone continued. */
interface Continuation {
  publicKey: Buffer;
  nonce: Buffer;
}

/** The companion's side of a passkey link, step by step, written from the formulas and without the simulator's code. The test decides when to continue. */
export class PasskeyCompanion {
  /** The options of the request, as text; `undefined` until they have arrived. */
  options: string | undefined;
  private handoffKey: Buffer | undefined;
  private ephemeral: KeyPair = Curve.generateKeyPair();
  private nonce = randomBytes(32);
  private reference = '';
  private readonly requests: BinaryNode[] = [];
  private readonly continuations: BinaryNode[] = [];
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly companion: LinkingCompanion,
    private readonly mistakes: PasskeyMistakes = {}
  ) {
    const { ws } = companion.client.socket;
    ws.on('CB:notification,type:passkey_prologue_request', (notification: BinaryNode) => void this.take(this.requests, notification));
    ws.on('CB:notification,type:crsc_continuation', (notification: BinaryNode) => void this.take(this.continuations, notification));
  }

  /** Waits for the request, derives the handoff key and renews the secret. Resolves with the options in the notification, as text. */
  async requested(): Promise<string | undefined> {
    const request = await this.first(this.requests);
    const { advSecretKey } = this.companion.creds;
    this.handoffKey = kdf(Buffer.from(advSecretKey, 'base64'), '', 'shortcake-passkey-handoff-v1');
    if (!this.mistakes.keepsSecret) this.companion.renewSecret();
    return stanzaBytes(child(request, 'passkey_request_options'))?.toString();
  }

  async askOptions(): Promise<string> {
    return textOf(child(await this.ask('get', { tag: 'passkey_request_options', attrs: {} }), 'passkey_request_options'));
  }

  /** Runs steps 5 to 7. */
  async sendPrologue(assertion: PasskeyAssertion, text = JSON.stringify(assertion)): Promise<void> {
    this.reference = textOf(child(await this.ask('get', { tag: 'ref', attrs: {} }), 'ref'));
    const identity = proto.CompanionEphemeralIdentity.encode({
      publicKey: this.ephemeral.public,
      deviceType: CHROME,
      ref: this.mistakes.reference ?? this.reference
    }).finish();
    const hash = createHash('sha256').update(identity).update(this.nonce).digest();
    const prologue = Buffer.from(proto.ProloguePayload.encode({ companionEphemeralIdentity: identity, commitment: { hash } }).finish());
    const proofKey = this.mistakes.proof === 'wrong' ? randomBytes(32) : this.handoffKey!;
    const parts: BinaryNode[] = [
      { tag: 'credential_id', attrs: {}, content: Buffer.from(assertion.rawId, 'base64url') },
      { tag: 'webauthn_assertion', attrs: {}, content: Buffer.from(text) },
      { tag: 'prologue_payload', attrs: {}, content: prologue },
      ...(this.mistakes.proof === 'none'
        ? []
        : [{ tag: 'pairing_handoff_proof', attrs: {}, content: createHmac('sha256', proofKey).update(prologue).digest() }])
    ];
    await this.ask('set', { tag: 'passkey_prologue', attrs: {}, content: this.mistakes.parts?.(parts) ?? parts });
  }

  /** Runs steps 8 to 10: waits for the phone, opens the commitment and resolves with the code. */
  async openCommitment(): Promise<string> {
    const phone = await this.continued();
    const sent = this.mistakes.nonce === 'other' ? randomBytes(32) : this.nonce.subarray(this.mistakes.nonce === 'short' ? 1 : 0);
    await this.ask('set', { tag: 'companion_nonce', attrs: {}, content: sent });
    const digest = createHash('sha256').update(this.nonce).update(phone.publicKey).digest();
    let bits = 0n;
    for (let index = 0; index < 5; index++) bits = (bits << 8n) | BigInt(phone.nonce[index]! ^ digest[index]!);
    const code = Array.from({ length: 8 }, (_, index) => ALPHABET[Number((bits >> BigInt(5 * (7 - index))) & 31n)]).join('');
    return `${code.slice(0, 4)}-${code.slice(4)}`;
  }

  /** Resolves with the key and nonce with which the phone continued, as far as they can be read. */
  async continued(): Promise<Continuation> {
    const notification = await this.first(this.continuations);
    const { publicKey, nonce } = proto.PrimaryEphemeralIdentity.decode(stanzaBytes(child(notification, 'primary_ephemeral_identity'))!);
    return { publicKey: Buffer.from(publicKey!), nonce: Buffer.from(nonce!) };
  }

  /** Runs step 12. */
  async sendRequest(): Promise<void> {
    const phone = await this.continued();
    const { noiseKey, signedIdentityKey, advSecretKey } = this.companion.creds;
    const request = proto.PairingRequest.encode({
      companionPublicKey: this.mistakes.requestKey === 'noise' ? randomBytes(32) : noiseKey.public,
      companionIdentityKey: this.mistakes.requestKey === 'identity' ? randomBytes(32) : signedIdentityKey.public,
      advSecret: Buffer.from(advSecretKey, 'base64')
    }).finish();
    const shared = Buffer.from(Curve.sharedKey(this.ephemeral.private, phone.publicKey));
    const right = kdf(shared, `Companion Pairing ${CHROME} with ref ${this.reference}`, 'Pairing Information Encryption Key');
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.mistakes.seal === 'wrong' ? randomBytes(32) : right, iv);
    const encryptedPayload = Buffer.concat([cipher.update(request), cipher.final(), cipher.getAuthTag()]);
    const sealed = proto.EncryptedPairingRequest.encode({ encryptedPayload, iv }).finish();
    await this.ask('set', { tag: 'encrypted_pairing_request', attrs: {}, content: Buffer.from(sealed) });
  }

  /** Sends one `md` request; rejects with Baileys' error, whose `data` is the code. */
  async ask(type: 'get' | 'set', content: BinaryNode): Promise<BinaryNode> {
    const answer = (await this.companion.client.socket.query(
      { tag: 'iq', attrs: { to: 's.whatsapp.net', type, xmlns: 'md' }, content: [content] },
      ANSWER_LIMIT_MS
    )) as BinaryNode | undefined;
    if (!answer) throw new Error('no answer');
    return answer;
  }

  private async take(list: BinaryNode[], notification: BinaryNode): Promise<void> {
    list.push(notification);
    await this.companion.acknowledge(notification);
    for (const wake of this.waiting.splice(0)) wake();
  }

  private async first(list: BinaryNode[]): Promise<BinaryNode> {
    while (list.length === 0) await new Promise<void>(resolve => this.waiting.push(resolve));
    return list[0]!;
  }
}

function kdf(input: Buffer, salt: string, info: string): Buffer {
  return Buffer.from(hkdfSync('sha256', input, salt, info, 32));
}

function textOf(node: BinaryNode | undefined): string {
  return stanzaBytes(node)?.toString() ?? '';
}
