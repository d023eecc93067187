import { randomBytes } from 'node:crypto';
import type { BinaryNode, WASocket } from '@whiskeysockets/baileys';
import type { Logger } from 'pino';
import {
  aesEncryptCTR,
  bytesToCrockford,
  derivePairingCodeKey,
  getBinaryNodeChild,
  getCompanionPlatformId,
  jidEncode
} from '../baileys.js';
import type { SocketCredentials } from '../signal/socket-credentials.js';
import type { AdvSecret } from './adv-secret.js';
import { contentBytes, type LinkQueries } from './link-queries.js';
import { onCodeNotification, type CodeDecision, type PairingDisplay } from './pairing-code.policy.js';

const TAG = 'link_code_companion_reg';
const REFERENCE = 'link_code_pairing_ref';
const PHONE_KEYS = ['primary_identity_pub', 'link_code_pairing_wrapped_primary_ephemeral_pub'];
const SALT_BYTES = 32;
const IV_BYTES = 16;
/** 40 bits, which encode to the eight characters of a code. */
const CODE_BYTES = 5;

export interface PairingCodeParts {
  readonly socket: Pick<WASocket, 'ev'>;
  readonly credentials: SocketCredentials;
  readonly queries: LinkQueries;
  readonly secret: AdvSecret;
  readonly display: PairingDisplay;
  readonly logger: Logger;
  /** WhatsApp invalidated the code: the new code, or `null` if a person must request one. */
  readonly replaced: (code: string | null) => void;
}

interface Issued {
  readonly phoneNumber: string;
  reference: Buffer | null;
  answers: number;
}

/**
 * Requests pairing codes and follows their outcome. Baileys answers the phone with `creds.me`, `creds.pairingCode` and `creds.pairingEphemeralKeyPair`;
 * notifications that it would answer incorrectly are emptied before they reach it.
 */
export class PairingCodeIssuer {
  private issued: Issued | null = null;

  constructor(private readonly parts: PairingCodeParts) {}

  /**
   * Requests a code. Throws `REFUSED_BY_WHATSAPP` with WhatsApp's code, `TIMEOUT` and `NOT_CONNECTED`; after an error there is no code, and the session continues to show QR codes.
   * @param phoneNumber digits
   */
  async request(phoneNumber: string, customCode?: string): Promise<string> {
    const { credentials, queries, secret, socket } = this.parts;
    const { creds } = credentials.state;
    const before = { me: creds.me, pairingCode: creds.pairingCode, issued: this.issued };
    const code = customCode ?? bytesToCrockford(randomBytes(CODE_BYTES));
    const hello = await this.hello(phoneNumber, code);
    const issued: Issued = { phoneNumber, reference: null, answers: 0 };
    // Set before the answer arrives, since a program can type the code immediately.
    this.issued = issued;
    Object.assign(creds, { me: { id: jidEncode(phoneNumber, 's.whatsapp.net'), name: '~' }, pairingCode: code });
    try {
      const answer = await queries.ask('set', hello);
      const reference = contentBytes(getBinaryNodeChild(getBinaryNodeChild(answer, TAG), REFERENCE));
      issued.reference = reference.length > 0 ? reference : null;
    } catch (error) {
      this.issued = before.issued;
      Object.assign(creds, { me: before.me, pairingCode: before.pairingCode });
      throw error;
    }
    secret.setOut(issued.answers > 0);
    socket.ev.emit('creds.update', { me: creds.me, pairingCode: code });
    return code;
  }

  /** Decides how to handle a notification before Baileys gets it. Baileys would answer for any code, so other notifications are emptied. */
  inspect(node: BinaryNode): CodeDecision {
    const registration = getBinaryNodeChild(node, TAG);
    const child = (tag: string): Buffer => contentBytes(getBinaryNodeChild(registration, tag));
    const said = {
      stage: registration?.attrs['stage'],
      reference: child(REFERENCE),
      hasKeys: PHONE_KEYS.every(tag => child(tag).length > 0),
      forceManual: registration?.attrs['force_manual_refresh'] === 'true'
    };
    const decision = onCodeNotification(said, this.issued);
    if (decision === 'to-baileys') {
      this.issued!.answers += 1;
      this.parts.secret.setOut(true);
    } else node.content = [];
    return decision;
  }

  /** Executes the decision of `inspect`. */
  async follow(decision: CodeDecision): Promise<void> {
    const { logger, secret, replaced } = this.parts;
    switch (decision) {
      case 'to-baileys':
      case 'ignore':
        return;
      case 'refuse':
        return logger.warn('ignoring a pairing code that is invalid or was entered too often');
      case 'report':
        secret.setOut(false);
        return replaced(null);
      case 'renew':
        return replaced(await this.renewed());
    }
  }

  private async renewed(): Promise<string | null> {
    const { logger } = this.parts;
    const { issued } = this;
    if (issued === null) return null;
    try {
      return await this.request(issued.phoneNumber);
    } catch (err) {
      logger.warn({ err }, 'pairing code expired, failed to request a new one');
      return null;
    }
  }

  private async hello(phoneNumber: string, code: string): Promise<BinaryNode> {
    const { credentials, display } = this.parts;
    const { noiseKey, pairingEphemeralKeyPair } = credentials.state.creds;
    const [salt, iv] = [randomBytes(SALT_BYTES), randomBytes(IV_BYTES)];
    const sealed = aesEncryptCTR(pairingEphemeralKeyPair.public, await derivePairingCodeKey(code, salt), iv);
    const part = (tag: string, content: string | Uint8Array): BinaryNode => ({ tag, attrs: {}, content });
    return {
      tag: TAG,
      attrs: { jid: jidEncode(phoneNumber, 's.whatsapp.net'), stage: 'companion_hello', should_show_push_notification: 'true' },
      content: [
        part('link_code_pairing_wrapped_companion_ephemeral_pub', Buffer.concat([salt, iv, sealed])),
        part('companion_server_auth_key_pub', noiseKey.public),
        part('companion_platform_id', getCompanionPlatformId(['', display.browser, ''])),
        part('companion_platform_display', display.text),
        part('link_code_pairing_nonce', '0')
      ]
    };
  }
}
