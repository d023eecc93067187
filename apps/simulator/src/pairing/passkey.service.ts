import { setTimeout as wait } from 'node:timers/promises';
import type { PasskeyStep } from '@wabus/testing';
import { proto } from '@whiskeysockets/baileys';
import type { Account, Device } from '../accounts/account.js';
import type { UnlinkedConnection } from './unlinked-connection.js';
import type { SimulatorLog } from '../log.js';
import { SERVER_JID, element, requiredChild, secondsNow, type Stanza } from '../stanza/stanza.js';
import { emptyResult, iqRefusal, type IqAnswer, type IqRequest } from '../world/iq-request.js';
import type { World } from '../world/world.js';
import type { PairingSecrets } from './pairing-code.exchange.js';
import { ServicePasskeyExchange, isRefusal } from './passkey.exchange.js';
import { RELYING_PARTY } from './webauthn-assertion.policy.js';

const OPTIONS_TAG = 'passkey_request_options';
/** Clients refuse longer options. */
const MAX_OPTIONS_BYTES = 4096;
/** The timeout that was observed in options for a browser: ten minutes. */
const OPTIONS_TIMEOUT_MS = 600_000;
const REFUSED_OPTIONS = { error: { code: 404, text: 'item-not-found' } };

const STEPS: Readonly<Record<string, PasskeyStep>> = {
  [OPTIONS_TAG]: 'options',
  ref: 'ref',
  passkey_prologue: 'prologue',
  companion_nonce: 'nonce',
  encrypted_pairing_request: 'request'
};

/**
 * Links devices to accounts that require a passkey. The stanzas and their order are those of whatsmeow PR 1186, zapo since 1.4.0 and Baileys PR 2689.
 * The codes of refusals are not documented anywhere: each refusal is a 400 unless a test sets another code.
 */
export class PasskeyService {
  private readonly exchanges: ServicePasskeyExchange[] = [];
  /** Registrations that wait for the owner's confirmation. */
  private readonly unconfirmed = new Map<ServicePasskeyExchange, PairingSecrets>();

  constructor(
    private readonly world: World,
    private readonly log: SimulatorLog,
    private readonly pair: (connection: UnlinkedConnection, account: Account, secrets: PairingSecrets) => Promise<Device>
  ) {}

  /**
   * Begins an exchange after a phone has scanned the companion's QR code, or after
   * the keys of a pairing code are exchanged: the service requests the passkey.
   */
  begin(connection: UnlinkedConnection, account: Account, secrets: PairingSecrets): void {
    this.leave(connection);
    const exchange = new ServicePasskeyExchange(account, connection, secrets);
    this.exchanges.push(exchange);
    this.ask(exchange);
    this.changed(exchange);
  }

  /** Sends `passkey_prologue_request`; a second call repeats it in the same exchange. Returns the notification's id. */
  ask(exchange: ServicePasskeyExchange): string {
    const id = this.world.nextId();
    const options = notifiedOptions(exchange);
    exchange.connection.wire.send(
      element(
        'notification',
        { from: SERVER_JID, type: 'passkey_prologue_request', id, t: secondsNow() },
        options && [element(OPTIONS_TAG, {}, options)]
      )
    );
    return id;
  }

  /** Answers the companion's requests in an exchange; resolves with `undefined` for other requests. */
  async answer(connection: UnlinkedConnection, { tag, type, stanza }: IqRequest): Promise<IqAnswer | undefined> {
    const step = STEPS[tag];
    if (!step || type !== (step === 'options' || step === 'ref' ? 'get' : 'set')) return undefined;
    const exchange = this.exchangeOf(connection);
    if (!exchange) return iqRefusal.badRequest;
    const { closeAt, delay, refuse } = exchange.account.passkeyTerms.faults;
    if (delay?.step === step) await wait(delay.ms);
    if (closeAt === step) {
      connection.wire.close();
      return emptyResult;
    }
    if (refuse?.step === step) return this.refused(exchange, step, 'as the test wishes', { error: { code: refuse.code, text: 'refused' } });
    try {
      const answer = this.take(exchange, step, requiredChild(stanza, tag));
      if ('error' in answer) return this.refused(exchange, step, 'no options', answer);
      exchange.note(step, null);
      this.changed(exchange);
      return answer;
    } catch (err) {
      if (!isRefusal(err)) throw err;
      return this.refused(exchange, step, err.message, iqRefusal.badRequest);
    }
  }

  /** Handles the owner's comparison of the codes on the phone. Returns whether a registration was waiting for it. */
  confirm(account: Account, equal: boolean): boolean {
    const exchange = this.latest(account);
    const secrets = exchange && this.unconfirmed.get(exchange);
    if (!exchange || !secrets) return false;
    this.unconfirmed.delete(exchange);
    if (equal) this.finish(exchange, secrets);
    else exchange.stage = 'failed';
    this.changed(exchange);
    return true;
  }

  /** Returns whether the phone waits for its owner to compare the codes. */
  asks(account: Account): boolean {
    const exchange = this.latest(account);
    return exchange !== undefined && this.unconfirmed.has(exchange);
  }

  /** Returns the last exchange of an account. */
  latest(account: Account): ServicePasskeyExchange | undefined {
    return this.all(account).at(-1);
  }

  /** Returns all exchanges, or those of one account, oldest first. */
  all(account?: Account): ServicePasskeyExchange[] {
    return this.exchanges.filter(exchange => account === undefined || exchange.account === account);
  }

  leave(connection: UnlinkedConnection): void {
    for (const exchange of this.exchanges) {
      if (exchange.connection !== connection || exchange.isOver || this.outlives(exchange)) continue;
      exchange.stage = 'left';
      this.unconfirmed.delete(exchange);
      this.changed(exchange);
    }
  }

  private take(exchange: ServicePasskeyExchange, step: PasskeyStep, stanza: Stanza): IqAnswer {
    switch (step) {
      case 'options': {
        const options = requestedOptions(exchange);
        return options ? { result: [element(OPTIONS_TAG, {}, options)] } : REFUSED_OPTIONS;
      }
      case 'ref':
        return { result: [element('ref', {}, Buffer.from(exchange.newReference()))] };
      case 'prologue':
        exchange.takePrologue(stanza, this.world.settings.linking.handoffProofMs);
        setImmediate(() => this.continue(exchange));
        return emptyResult;
      case 'nonce':
        exchange.takeNonce(stanza);
        return emptyResult;
      case 'request': {
        const secrets = exchange.takeRequest(stanza);
        if (exchange.account.passkeyTerms.phoneConfirms) this.unconfirmed.set(exchange, secrets);
        else this.finish(exchange, secrets);
        return emptyResult;
      }
    }
  }

  /** Sends the phone's own key after it has received the prologue. */
  private continue(exchange: ServicePasskeyExchange): void {
    const { noContinuation, badContinuation } = exchange.account.passkeyTerms.faults;
    if (noContinuation) return;
    const { publicKey, nonce } = exchange.phoneContinues();
    const encoded = proto.PrimaryEphemeralIdentity.encode({
      publicKey: badContinuation === 'short-key' ? publicKey.subarray(1) : publicKey,
      nonce: badContinuation === 'short-nonce' ? nonce.subarray(1) : nonce
    }).finish();
    const identity = badContinuation === 'garbage' ? Buffer.from([0xff]) : Buffer.from(encoded);
    exchange.connection.wire.send(
      element('notification', { from: SERVER_JID, type: 'crsc_continuation', id: this.world.nextId(), t: secondsNow() }, [
        element('primary_ephemeral_identity', {}, identity)
      ])
    );
  }

  private finish(exchange: ServicePasskeyExchange, secrets: PairingSecrets): void {
    exchange.stage = 'finishing';
    const { connection, account } = exchange;
    if (account.passkeyTerms.faults.noPairSuccess) return;
    // `pair-success` follows the response to the request.
    setImmediate(() => {
      this.pair(connection, account, secrets).then(
        ({ id }) => {
          exchange.device = id;
          exchange.stage = 'linked';
          this.changed(exchange);
        },
        (err: unknown) => {
          this.log.warn({ err }, 'a passkey link failed');
          exchange.stage = 'failed';
          this.changed(exchange);
        }
      );
    });
  }

  private refused(exchange: ServicePasskeyExchange, step: PasskeyStep, reason: string, answer: IqAnswer): IqAnswer {
    exchange.note(step, reason);
    exchange.stage = 'failed';
    this.log.warn({ step, reason }, 'a step of a passkey link was refused');
    this.changed(exchange);
    return answer;
  }

  /** Returns the exchange of a connection; if challenges outlive connections, also that of an earlier connection of the same client. */
  private exchangeOf(connection: UnlinkedConnection): ServicePasskeyExchange | undefined {
    const own = this.exchanges.find(exchange => exchange.connection === connection && !exchange.isOver);
    if (own) return own;
    const noiseKey = connection.client?.clientStatic;
    const earlier = this.exchanges.find(
      exchange =>
        exchange.connection.isClosed && this.outlives(exchange) && noiseKey && exchange.connection.client?.clientStatic.equals(noiseKey)
    );
    if (earlier) earlier.connection = connection;
    return earlier;
  }

  private outlives({ stage }: ServicePasskeyExchange): boolean {
    return stage === 'assertion' && this.world.settings.linking.challengeOutlivesConnection;
  }

  private changed({ account }: ServicePasskeyExchange): void {
    this.world.events.emit('passkey-change', { account });
  }
}

/** Returns the options in the notification; `undefined` for no child at all. */
function notifiedOptions(exchange: ServicePasskeyExchange): Buffer | undefined {
  const { options } = exchange.account.passkeyTerms;
  switch (options) {
    case 'in-notification':
      return optionsOf(exchange, exchange.currentChallenge());
    case 'empty':
      return Buffer.alloc(0);
    case 'oversized':
      return Buffer.concat([optionsOf(exchange, exchange.currentChallenge()), Buffer.alloc(MAX_OPTIONS_BYTES, ' ')]);
    case 'not-json':
    case 'broken':
      return Buffer.from('{"challenge":');
    case 'on-request':
    case 'refused':
      return undefined;
  }
}

/** Returns the options for a request; `undefined` for a refusal. */
function requestedOptions(exchange: ServicePasskeyExchange): Buffer | undefined {
  const { options } = exchange.account.passkeyTerms;
  if (options === 'refused') return undefined;
  return options === 'broken' ? Buffer.from('{"challenge":') : optionsOf(exchange, exchange.newChallenge());
}

/** Returns `PublicKeyCredentialRequestOptions` as JSON, in the observed form. */
function optionsOf(exchange: ServicePasskeyExchange, challenge: string): Buffer {
  const { passkey, passkeyTerms } = exchange.account;
  const listed = passkeyTerms.listCredential ? [{ type: 'public-key', id: passkey.credentialId.toString('base64url') }] : [];
  const options = {
    challenge,
    timeout: OPTIONS_TIMEOUT_MS,
    rpId: RELYING_PARTY,
    allowCredentials: listed,
    userVerification: 'required',
    extensions: { uvm: true }
  };
  return Buffer.from(JSON.stringify(options));
}
