import type { EventEmitter } from 'node:events';
import type { AuthenticationCreds, BaileysEventMap, BinaryNode, WASocket } from '@whiskeysockets/baileys';
import type { Logger } from 'pino';
import { getBinaryNodeChild, proto, reduceBinaryNodeToDictionary, S_WHATSAPP_NET } from '../baileys.js';

/** `lid_one_on_one_migration_enabled`: its number in whatsapp-rust's table of version 2.3000.1044659339. */
const MIGRATION_PROP = '9435';
const MIGRATION_NAME = 'lid_one_on_one_migration_enabled';
/** A send right after the login waits this long for the answer. */
const PROPS_LIMIT_MS = 10_000;

/** Kept with the credentials, beside what Baileys keeps there. */
interface MigrationRecord {
  lidMigrated?: boolean;
}

/** Whether anything has said so until now. */
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
 * Whether WhatsApp has moved the direct chats of the account to LIDs. Three things say so: `client-props` at the link, the table of LIDs that the phone sends, and a feature switch for
 * sessions that were linked before (whatsapp-rust `is_lid_migrated`). Once seen it stays, with the credentials: it never goes back.
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

  /** Settles with what is known; asks for the feature switch when nothing has said yes, until it is answered. Never rejects. */
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

  /** Baileys asks too, but names the hash of what it has, and then nothing comes. The listener takes the answer. */
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
