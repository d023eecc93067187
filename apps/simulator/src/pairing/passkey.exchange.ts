import { randomBytes } from 'node:crypto';
import { Curve, type KeyPair } from '@whiskeysockets/baileys';
import type { PasskeyExchangeReport, PasskeyStep } from '@wabus/testing';
import type { Account } from '../accounts/account.js';
import type { UnlinkedConnection } from './unlinked-connection.js';
import { stanzaBytes, child, children, MalformedStanzaError, requiredBytes, type Stanza } from '../stanza/stanza.js';
import type { PairingSecrets } from './pairing-code.exchange.js';
import {
  codeOf,
  commitmentOf,
  servicePasskeyProof,
  openRequest,
  readPrologue,
  serviceRequestKey,
  type PasskeyCompanion
} from './passkey.codec.js';
import { assertionFault } from './webauthn-assertion.policy.js';

/** The children of `<passkey_prologue>` in the only accepted order; the last may be missing. */
const PROLOGUE_PARTS = ['credential_id', 'webauthn_assertion', 'prologue_payload', 'pairing_handoff_proof'];
const NONCE_BYTES = 32;

/** Thrown if the service or the phone refuses a stanza of the companion; the message is logged. */
export class PasskeyRefusal extends Error {
  override readonly name = 'PasskeyRefusal';
}

/**
 * The service's and the phone's side of one passkey link, from `passkey_prologue_request` to the
 * companion's registration. Each step accepts the companion's stanza or throws {@link PasskeyRefusal}.
 */
export class ServicePasskeyExchange {
  stage: PasskeyExchangeReport['stage'] = 'assertion';
  device: number | null = null;
  private readonly steps: PasskeyExchangeReport['steps'] = [];
  private readonly requestedAt = Date.now();
  private challenge = '';
  private reference: string | undefined;
  private proof: boolean | null = null;
  private code: string | null = null;
  private identity: PasskeyCompanion | undefined;
  private commitment: Buffer = Buffer.alloc(0);
  private phoneKeys: KeyPair | undefined;
  private phoneNonce: Buffer = Buffer.alloc(0);

  constructor(
    readonly account: Account,
    public connection: UnlinkedConnection,
    /** Taken from the QR code that the phone scanned, or derived by both sides from the pairing code. */
    private readonly secrets: PairingSecrets
  ) {}

  get shownCode(): string | null {
    return this.code;
  }

  note(step: PasskeyStep, reason: string | null): void {
    this.steps.push({ at: Date.now(), step, accepted: reason === null, reason });
  }

  /** Returns a fresh challenge, which invalidates the previous one. */
  newChallenge(): string {
    this.challenge = randomBytes(32).toString('base64url');
    return this.challenge;
  }

  /** Returns the challenge in force: a repeated notification contains the same one. */
  currentChallenge(): string {
    return this.challenge === '' ? this.newChallenge() : this.challenge;
  }

  newReference(): string {
    this.reference = `2@${randomBytes(24).toString('base64url')}`;
    return this.reference;
  }

  /** Step 7: handles the assertion, the companion's ephemeral key under a commitment, and possibly the proof that it has the scanned secret. */
  takePrologue(stanza: Stanza, proofLifeMs: number): void {
    this.expect('assertion');
    const tags = children(stanza).map(({ tag }) => tag);
    if (tags.length < PROLOGUE_PARTS.length - 1 || tags.some((tag, index) => tag !== PROLOGUE_PARTS[index])) {
      throw new PasskeyRefusal(`the parts of the prologue are ${tags.join(', ')}`);
    }
    const part = (index: number) => requiredBytes(child(stanza, PROLOGUE_PARTS[index]));
    const { credentialId, publicKey } = this.account.passkey;
    const fault = assertionFault(part(1), part(0), { challenge: this.challenge, credentialId, publicKey });
    if (fault !== undefined) throw new PasskeyRefusal(fault);
    const prologue = part(2);
    this.checkProof(prologue, stanzaBytes(child(stanza, PROLOGUE_PARTS[3])), proofLifeMs);
    const { identity, commitment } = readPrologue(prologue);
    if (this.reference === undefined || identity.reference !== this.reference) throw new PasskeyRefusal('another reference');
    this.identity = identity;
    this.commitment = commitment;
    this.stage = 'waiting-for-nonce';
  }

  /** Step 8: returns the phone's ephemeral key and nonce. */
  phoneContinues(): { publicKey: Buffer; nonce: Buffer } {
    this.phoneKeys ??= Curve.generateKeyPair();
    this.phoneNonce = randomBytes(NONCE_BYTES);
    return { publicKey: Buffer.from(this.phoneKeys.public), nonce: this.phoneNonce };
  }

  /** Step 9: opens the commitment; from here on both sides have the code. */
  takeNonce(stanza: Stanza): void {
    this.expect('waiting-for-nonce');
    const companionNonce = requiredBytes(stanza);
    if (companionNonce.length !== NONCE_BYTES) throw new PasskeyRefusal(`a nonce of ${companionNonce.length} bytes`);
    if (!this.identity || !this.phoneKeys) throw new PasskeyRefusal('the phone has not continued yet');
    if (!commitmentOf(this.identity.encoded, companionNonce).equals(this.commitment))
      throw new PasskeyRefusal('the nonce does not match the commitment');
    this.code = codeOf({ companionNonce, primaryPublic: Buffer.from(this.phoneKeys.public), primaryNonce: this.phoneNonce });
    this.stage = 'waiting-for-request';
  }

  /** Step 12: returns the secrets in the companion's registration, with its new ADV secret. */
  takeRequest(stanza: Stanza): PairingSecrets {
    this.expect('waiting-for-request');
    if (!this.identity || !this.phoneKeys) throw new PasskeyRefusal('no prologue');
    const shared = Buffer.from(Curve.sharedKey(this.phoneKeys.private, this.identity.publicKey));
    const request = openRequest(requiredBytes(stanza), serviceRequestKey(shared, this.identity.deviceType, this.identity.reference));
    const { client } = this.connection;
    if (!client?.clientStatic.equals(request.noiseKey)) throw new PasskeyRefusal('the Noise key does not match the connection');
    if (!Buffer.from(client.payload.devicePairingData?.eIdent ?? []).equals(request.identityKey))
      throw new PasskeyRefusal('another identity key');
    // Step 3 requires a new secret, because everybody who looked at the screen could see the one in the QR code.
    if (request.advSecret.equals(this.secrets.advSecret)) throw new PasskeyRefusal('the ADV secret was not renewed');
    this.stage = 'confirmation';
    return { companionIdentity: request.identityKey, advSecret: request.advSecret };
  }

  /** Whether the exchange has ended. */
  get isOver(): boolean {
    return this.stage === 'linked' || this.stage === 'failed' || this.stage === 'left';
  }

  report(): PasskeyExchangeReport {
    const { stage, proof, code, device } = this;
    return {
      phoneNumber: this.account.phoneNumber,
      connection: this.connection.id,
      stage,
      proof,
      code,
      device,
      steps: this.steps.map(step => ({ ...step }))
    };
  }

  private checkProof(prologue: Buffer, proof: Buffer | undefined, lifeMs: number): void {
    this.proof = proof !== undefined;
    if (!proof) return;
    if (Date.now() - this.requestedAt > lifeMs) throw new PasskeyRefusal('the handoff key is too old');
    if (!proof.equals(servicePasskeyProof(this.secrets.advSecret, prologue))) throw new PasskeyRefusal('the handoff proof is invalid');
  }

  private expect(stage: PasskeyExchangeReport['stage']): void {
    if (this.stage !== stage) throw new PasskeyRefusal(`the exchange is at ${this.stage}`);
  }
}

/** Returns whether the companion caused an error. */
export function isRefusal(err: unknown): err is Error {
  return err instanceof PasskeyRefusal || err instanceof MalformedStanzaError;
}
