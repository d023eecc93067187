import type { LTHashState, proto } from '@whiskeysockets/baileys';
import type { Addressing, PasskeyTerms, ReceivedMessage, ReceivedReceipt, SimulatedAccount } from '@wabus/testing';
import type { Device } from './device.js';
import { formatJid } from './jid.js';
import { Passkey } from './passkey.js';
import type { Phone } from './phone.js';

/** The secret with which app-state patches are encrypted; the phone shares it with its companions. */
export interface AppStateKey {
  keyId: Buffer;
  keyData: proto.Message.IAppStateSyncKeyData;
}

/** One app-state collection as the server keeps it: every patch ever pushed, and the phone's hash state after the last. */
export interface AppStateCollection {
  patches: proto.ISyncdPatch[];
  state: LTHashState;
}

export interface AccountIdentity {
  phoneNumber: string;
  /** User part of the LID jid. */
  lid: string;
  name: string;
  /** Whether device 0, the phone itself, is listed to others. Off, nobody encrypts for it and load tests are cheaper. */
  advertisePhone: boolean;
}

/** One WhatsApp user of the simulator: a phone, the devices linked to it, and what the server stores about them. */
export class Account {
  readonly phoneNumber: string;
  readonly lid: string;
  name: string;
  advertisePhone: boolean;
  /** Linked companions by device number (1 and up). */
  readonly devices = new Map<number, Device>();
  nextDevice = 1;

  /** Privacy settings by WhatsApp's category name. */
  readonly privacy = new Map<string, string>([
    ['readreceipts', 'all'],
    ['profile', 'all'],
    ['status', 'all'],
    ['online', 'all'],
    ['last', 'all'],
    ['groupadd', 'all'],
    ['calladd', 'known'],
    ['messages', 'all']
  ]);
  /** LID jids this account has blocked. */
  readonly blocklist = new Set<string>();
  /** The "about" text. */
  status = 'Hey there! I am using WhatsApp.';
  disappearingModeSeconds = 0;
  pictureId: string | undefined;
  presence: 'available' | 'unavailable' = 'unavailable';
  /** Accounts that asked to be told about this one's presence. */
  readonly presenceSubscribers = new Set<Account>();

  /** App-state collections by name (`regular_high` …). */
  readonly collections = new Map<string, AppStateCollection>();
  appStateKey: AppStateKey | undefined;

  /** What the phone has received and decrypted, oldest first. */
  readonly received: ReceivedMessage[] = [];
  /** Receipts the phone got for what it sent, oldest first. */
  readonly receipts: ReceivedReceipt[] = [];
  /** Every text the phone gets is answered with this prefix and the text. */
  autoReplyPrefix: string | null = null;

  /** Whether the service asks for the account's passkey when a device is to be linked, and how. */
  passkeyTerms: PasskeyTerms = {
    required: 'never',
    options: 'in-notification',
    listCredential: false,
    phoneConfirms: false,
    faults: {}
  };
  private ownPasskey: Passkey | undefined;

  constructor(
    identity: AccountIdentity,
    /** The simulated phone: this account's Signal endpoint and device 0. */
    readonly phone: Phone
  ) {
    this.phoneNumber = identity.phoneNumber;
    this.lid = identity.lid;
    this.name = identity.name;
    this.advertisePhone = identity.advertisePhone;
  }

  /** Made on first use unless one was set. */
  get passkey(): Passkey {
    return (this.ownPasskey ??= Passkey.create());
  }

  get hasPasskey(): boolean {
    return this.ownPasskey !== undefined;
  }

  set passkey(passkey: Passkey) {
    this.ownPasskey = passkey;
  }

  user(addressing: Addressing): string {
    return addressing === 'lid' ? this.lid : this.phoneNumber;
  }

  /** The jid without a device number. */
  jid(addressing: Addressing = 'pn'): string {
    return formatJid(this.user(addressing), addressing);
  }

  /** Linked devices in the order they were paired. */
  companions(): Device[] {
    return [...this.devices.values()];
  }

  describe(): SimulatedAccount {
    return { phoneNumber: this.phoneNumber, name: this.name, pnJid: this.jid('pn'), lidJid: this.jid('lid') };
  }
}
