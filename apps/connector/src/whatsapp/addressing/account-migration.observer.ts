import type { EventEmitter } from 'node:events';
import type { AuthenticationCreds, BaileysEventMap, BinaryNode, WASocket } from '@whiskeysockets/baileys';
import type { Logger } from 'pino';
import { getBinaryNodeChild, proto, reduceBinaryNodeToDictionary, S_WHATSAPP_NET } from '../baileys.js';

/** The number of `lid_one_on_one_migration_enabled` in whatsapp-rust's table of version 2.3000.1044659339. */
const MIGRATION_PROP = '9435';
const MIGRATION_NAME = 'lid_one_on_one_migration_enabled';
/** A send right after the login waits at most this long for the feature switches. */
const PROPS_LIMIT_MS = 10_000;

/** A field that Wabus stores in Baileys' credentials. */
interface MigrationRecord {
  lidMigrated?: boolean;
}

/** Whether the stored credentials record that the account is migrated. */
export function isKnownMigrated(creds: AuthenticationCreds & MigrationRecord): boolean {
  return creds.lidMigrated === true;
}

export interface MigrationParts {
  readonly socket: Pick<WASocket, 'ev' | 'authState' | 'query'> & { readonly ws: EventEmitter };
  /** Stores the credentials. May not throw. */
  readonly save: () => void;
  readonly logger: Logger;
}

/**
 * Observes whether WhatsApp has moved the direct chats of the account to LIDs. There are three sources: `client-props` at linking, the table of LIDs that the
 * phone sends, and a feature switch for sessions that were linked earlier (whatsapp-rust `is_lid_migrated`). A migration is final, so the credentials keep it.
 */
export class AccountMigration {
  private asked: Promise<void> | null = null;

  constructor(private readonly parts: MigrationParts) {
    const { ws, ev } = parts.socket;
    ws.on('CB:iq,,pair-success', (iq: BinaryNode) => this.linked(iq));
    ws.on('CB:iq,,props', (iq: BinaryNode) => this.switched(iq));
    ev.on('messages.upsert', ({ messages }: BaileysEventMap['messages.upsert']) => {
      if (messages.some(({ key, message }) => key.fromMe && message?.protocolMessage?.lidMigrationMappingSyncMessage)) this.seen();
    });
  }

  /** Resolves to whether the account is migrated. Requests the feature switches unless that is known or they were answered before. Never rejects. */
  async migrated(): Promise<boolean> {
    if (!isKnownMigrated(this.record)) await (this.asked ??= this.ask());
    return isKnownMigrated(this.record);
  }

  private get record(): AuthenticationCreds & MigrationRecord {
    return this.parts.socket.authState.creds;
  }

  private linked(iq: BinaryNode): void {
    const props = getBinaryNodeChild(getBinaryNodeChild(iq, 'pair-success'), 'client-props')?.content;
    if (!(props instanceof Uint8Array)) return;
    try {
      if (proto.ClientPairingProps.decode(props).isChatDbLidMigrated) this.seen();
    } catch (err) {
      this.parts.logger.warn({ err }, 'cannot parse the phone details received while linking');
    }
  }

  private switched(iq: BinaryNode): void {
    const props = reduceBinaryNodeToDictionary(getBinaryNodeChild(iq, 'props') as BinaryNode, 'prop');
    const value = props[MIGRATION_PROP] ?? props[MIGRATION_NAME];
    if (value === '1' || value === 'true') this.seen();
  }

  private seen(): void {
    if (isKnownMigrated(this.record)) return;
    this.record.lidMigrated = true;
    this.parts.save();
    this.parts.logger.info("addressing this account's direct chats by lid");
  }

  /** Requests the switches without a hash: Baileys sends the hash of its copy, and WhatsApp then sends no switches. The listener reads the answer. */
  private async ask(): Promise<void> {
    const content = [{ tag: 'props', attrs: { protocol: '1' } }];
    try {
      await this.parts.socket.query({ tag: 'iq', attrs: { to: S_WHATSAPP_NET, xmlns: 'abt', type: 'get' }, content }, PROPS_LIMIT_MS);
    } catch (err) {
      this.asked = null;
      this.parts.logger.warn({ err }, 'whatsapp did not report how the account addresses chats, falling back to phone numbers');
    }
  }
}
