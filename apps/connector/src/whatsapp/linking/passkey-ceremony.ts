import { WabusError, type PasskeyOptions, type PasskeyStep } from '@wabus/contracts';
import type { BinaryNode } from '@whiskeysockets/baileys';
import type { Logger } from 'pino';
import { getBinaryNodeChild } from '../baileys.js';
import type { SocketCredentials } from '../signal/socket-credentials.js';
import type { AdvSecret } from './adv-secret.js';
import { checkAssertion } from './assertion.policy.js';
import type { LinkNotification, LinkNotifications } from './link-notifications.js';
import { contentBytes, type LinkQueries } from './link-queries.js';
import { comparisonCode, parsePasskeyOptions } from './passkey.codec.js';
import type { PasskeyExchange } from './passkey.exchange.js';
import { newPrologue, readPhoneIdentity, sealedRequest, type PhoneIdentity } from './passkey-messages.js';

const OPTIONS = 'passkey_request_options';

export interface PasskeyCeremonyParts {
  readonly exchange: PasskeyExchange;
  readonly credentials: SocketCredentials;
  readonly secret: AdvSecret;
  readonly queries: LinkQueries;
  readonly notifications: LinkNotifications;
  /** `DeviceProps.PlatformType` of the registration. */
  readonly deviceType: number;
  readonly logger: Logger;
  /** Called when WhatsApp requests a passkey. */
  readonly begun: () => void;
  readonly isOpen: () => boolean;
  /** Aborted at the end of the connection. */
  readonly ended: AbortSignal;
}

/**
 * The messages of a passkey link to WhatsApp on one connection. A malformed request can reportedly get an account restricted (Evolution API PR 2628), so
 * anything unexpected ends the exchange, and nothing is sent on a guess.
 */
export class PasskeyCeremony {
  private submission: Promise<unknown> = Promise.resolve();
  private phone: PhoneIdentity | null = null;

  constructor(private readonly parts: PasskeyCeremonyParts) {
    const { notifications } = parts;
    notifications.on('passkey_prologue_request', {
      first: () => undefined,
      handle: notification => this.requested(notification)
    });
    notifications.on('crsc_continuation', { first: () => undefined, handle: notification => this.continued(notification) });
  }

  /**
   * Sends an assertion that a browser signed. Resolves once WhatsApp has accepted it. Throws `PASSKEY_NOT_REQUESTED`; `NOT_CONNECTED` and `INVALID_ARGUMENTS`,
   * after which the assertion may be submitted again; `REFUSED_BY_WHATSAPP` and `TIMEOUT`, after which a new QR code follows.
   */
  async submit(assertion: unknown): Promise<void> {
    const { exchange } = this.parts;
    const { options } = exchange;
    if (options === null) throw exchange.notRequested;
    if (!this.parts.isOpen()) throw new WabusError('NOT_CONNECTED');
    const checked = checkAssertion(assertion, options);
    exchange.submitted();
    this.submission = this.send(checked);
    await this.submission;
  }

  /** Reports whether a person found the codes equal. Throws like `submit`, except for `INVALID_ARGUMENTS`. */
  async confirm(equal: boolean): Promise<void> {
    const { exchange, notifications } = this.parts;
    exchange.requireConfirmation();
    if (!equal) return exchange.fail('code-differs');
    await notifications.inTurn(() => {
      exchange.agreed();
      return this.finish();
    });
  }

  private async requested({ node, acknowledge }: LinkNotification): Promise<void> {
    const { exchange, secret, credentials, logger, begun } = this.parts;
    // A failed exchange is about to end the connection.
    if (credentials.linked || exchange.record.stage === 'failed') return acknowledge();
    const sent = optionsIn(node);
    const first = exchange.begin(secret.bytes);
    if (first) {
      begun();
      logger.info("whatsapp requests the account's passkey");
      await secret.renew();
    }
    await acknowledge();
    if (sent) exchange.request(sent);
    // Not awaited, so that other notifications are handled in the meantime.
    else if (first) void this.fetchOptions();
  }

  private async fetchOptions(): Promise<void> {
    const { exchange, queries, ended } = this.parts;
    try {
      const options = optionsIn(await queries.ask('get', { tag: OPTIONS, attrs: {} }));
      if (options) exchange.request(options);
      else exchange.fail('no-options', { step: 'options' });
    } catch (error) {
      if (!ended.aborted) exchange.fail('no-options', { step: 'options', statusCode: statusOf(error) });
    }
  }

  private async send({ credentialId, json }: ReturnType<typeof checkAssertion>): Promise<void> {
    const { exchange, deviceType } = this.parts;
    const answer = await this.ask('ref', 'get', { tag: 'ref', attrs: {} });
    const reference = contentBytes(getBinaryNodeChild(answer, 'ref')).toString('utf8');
    if (reference === '')
      throw this.failed(new WabusError('TIMEOUT', { message: 'WhatsApp sent no reference for the passkey link.' }), 'ref');
    const { handshake, payload } = newPrologue(deviceType, reference);
    const proof = exchange.proofOf(payload);
    const part = (tag: string, content: Uint8Array): BinaryNode => ({ tag, attrs: {}, content });
    await this.ask('prologue', 'set', {
      tag: 'passkey_prologue',
      attrs: {},
      content: [
        part('credential_id', credentialId),
        part('webauthn_assertion', Buffer.from(json, 'utf8')),
        part('prologue_payload', payload),
        ...(proof ? [part('pairing_handoff_proof', proof)] : [])
      ]
    });
    exchange.taken(handshake, proof !== null);
  }

  private async continued({ node, acknowledge }: LinkNotification): Promise<void> {
    const { exchange } = this.parts;
    // The notification may arrive together with the answer to the submission.
    await this.submission.catch(() => undefined);
    await acknowledge();
    if (exchange.record.stage !== 'waiting-for-phone') return;
    this.phone = readPhoneIdentity(contentBytes(getBinaryNodeChild(node, 'primary_ephemeral_identity')));
    if (this.phone === null) return exchange.fail('invalid-answer');
    const { nonce } = exchange.withPhone;
    const code = comparisonCode(nonce, this.phone);
    await this.ask('nonce', 'set', { tag: 'companion_nonce', attrs: {}, content: nonce });
    if (exchange.continued(code)) await this.finish();
  }

  private async finish(): Promise<void> {
    const { exchange, secret, credentials } = this.parts;
    if (this.phone === null) throw exchange.notRequested;
    const request = sealedRequest(credentials.state.creds, secret.bytes, { handshake: exchange.withPhone, phone: this.phone });
    secret.setOut(true);
    await this.ask('request', 'set', { tag: 'encrypted_pairing_request', attrs: {}, content: request });
  }

  private async ask(step: PasskeyStep, type: 'get' | 'set', child: BinaryNode): Promise<BinaryNode> {
    try {
      const answer = await this.parts.queries.ask(type, child);
      // The phone may link the device before the last answer is read.
      if (this.parts.exchange.isUnderWay || this.parts.credentials.linked) return answer;
    } catch (error) {
      throw this.failed(error, step);
    }
    throw this.parts.exchange.notRequested;
  }

  /** Fails the exchange because a request failed; returns the error to throw. */
  private failed(error: unknown, step: PasskeyStep): WabusError {
    const { exchange, isOpen, ended } = this.parts;
    const mapped = WabusError.from(error);
    const statusCode = statusOf(mapped);
    const reason = statusCode !== null ? 'refused' : isOpen() ? 'no-answer' : 'connection-lost';
    // After the end of the connection the exchange has been notified already.
    if (!ended.aborted) exchange.fail(reason, { step, statusCode });
    return new WabusError(mapped.code, { message: mapped.message, details: { ...mapped.details, step }, cause: mapped });
  }
}

function optionsIn(node: BinaryNode): PasskeyOptions | null {
  return parsePasskeyOptions(contentBytes(getBinaryNodeChild(node, OPTIONS)));
}

function statusOf(error: unknown): number | null {
  const code = error instanceof WabusError ? error.details?.['statusCode'] : null;
  return typeof code === 'number' ? code : null;
}
