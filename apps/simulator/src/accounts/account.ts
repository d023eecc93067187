import type { Addressing, PasskeyTerms, ReceivedMessage, ReceivedReceipt, SimulatedAccount } from '@wabus/testing';
import type { LTHashState, proto } from '@whiskeysockets/baileys';
import type { Stanza } from '../stanza/stanza.js';
import { AccountReach } from './account-reach.js';
import { formatJid } from './jid.js';
import type { KeyBundle, PublicPreKey } from './key-bundle.codec.js';
import type { Outbox } from './outbox.js';
import { SimulatedPasskey } from './passkey.js';
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
  /** Others know the account by its LID alone: its number is in no stanza and no look-up. */
  hidesNumber: boolean;
  /** The user name, where it has one. */
  username: string | undefined;
  /** Its direct messages go by LID, in both directions of its retries; by number otherwise. */
  migrated: boolean;
  /** Look-ups do not tell its LID. */
  lidHidden: boolean;
}

/** The "about" text as the mutation of 2025 sets it. */
export interface AboutText {
  readonly text: string;
  readonly emoji: string | undefined;
  readonly durationSeconds: number;
  /** Seconds since 1970. */
  readonly setAt: number;
}

/** One WhatsApp user of the simulator: a phone, the devices linked to it, and what the server stores about them. */
export class Account {
  readonly phoneNumber: string;
  readonly lid: string;
  name: string;
  advertisePhone: boolean;
  hidesNumber: boolean;
  username: string | undefined;
  migrated: boolean;
  readonly lidHidden: boolean;
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
  /** The "about" text, without emoji and end. */
  status = 'Hey there! I am using WhatsApp.';
  /** The same in the form with emoji and end, once it was set in that form. */
  about: AboutText | undefined;
  disappearingModeSeconds = 0;
  /** Whom it may write to. */
  readonly reach = new AccountReach();
  pictureId: string | undefined;
  presence: 'available' | 'unavailable' = 'unavailable';
  /** Accounts that asked for this one's presence. */
  readonly presenceSubscribers = new Set<Account>();

  /** App-state collections by name (`regular_high` …). */
  readonly collections = new Map<string, AppStateCollection>();
  appStateKey: AppStateKey | undefined;
  /** Keys that the phone used before, which older patches need. */
  readonly formerAppStateKeys: AppStateKey[] = [];

  /** What the phone has received and decrypted, oldest first. */
  readonly received: ReceivedMessage[] = [];
  /** Receipts the phone got for what it sent, oldest first. */
  readonly receipts: ReceivedReceipt[] = [];
  /** So many messages of others its phone cannot read, whatever they are encrypted with. */
  unreadable = 0;
  /** Every text the phone gets is answered with this prefix and the text. */
  autoReplyPrefix: string | null = null;

  /** Whether the service asks for the account's passkey when a device is linked, and how. */
  passkeyTerms: PasskeyTerms = {
    required: 'never',
    options: 'in-notification',
    listCredential: false,
    phoneConfirms: false,
    faults: {}
  };
  private ownPasskey: SimulatedPasskey | undefined;

  constructor(
    identity: AccountIdentity,
    /** The simulated phone: this account's Signal endpoint and device 0. */
    readonly phone: Phone
  ) {
    this.phoneNumber = identity.phoneNumber;
    this.lid = identity.lid;
    this.name = identity.name;
    this.advertisePhone = identity.advertisePhone;
    this.hidesNumber = identity.hidesNumber;
    this.username = identity.username;
    this.migrated = identity.migrated;
    this.lidHidden = identity.lidHidden;
  }

  /** Made on first use unless one was set. */
  get passkey(): SimulatedPasskey {
    return (this.ownPasskey ??= SimulatedPasskey.create());
  }

  get hasPasskey(): boolean {
    return this.ownPasskey !== undefined;
  }

  set passkey(passkey: SimulatedPasskey) {
    this.ownPasskey = passkey;
  }

  user(addressing: Addressing): string {
    return addressing === 'lid' ? this.lid : this.phoneNumber;
  }

  /** The jid without a device number. */
  jid(addressing: Addressing = 'pn'): string {
    return formatJid(this.user(addressing), addressing);
  }

  /** The jid by number as others see it: none when the account hides it. */
  get shownNumber(): string | undefined {
    return this.hidesNumber ? undefined : this.jid('pn');
  }

  /** How others address the account: as wanted, but never by a number that it hides. */
  shownJid(addressing: Addressing = 'pn'): string {
    return this.jid(this.hidesNumber ? 'lid' : addressing);
  }

  /** What the account's direct messages are addressed by. */
  get namespace(): Addressing {
    return this.migrated ? 'lid' : 'pn';
  }

  /** Linked devices in the order they were paired. */
  companions(): Device[] {
    return [...this.devices.values()];
  }

  describe(): SimulatedAccount {
    return { phoneNumber: this.phoneNumber, name: this.name, pnJid: this.jid('pn'), lidJid: this.jid('lid') };
  }
}

/** The live connection of a device, as the rest of the simulator sees it. */
export interface DeviceWire {
  /** Encrypts and writes one stanza, faults permitting. Never throws; a closed wire drops it. */
  send(stanza: Stanza): void;
  /** Sends `stanza`, when given, and closes the WebSocket after it has left. */
  close(last?: Stanza): void;
  /** Cuts the TCP connection without a word. */
  reset(): void;
}

/** What the server learned about a companion when it was paired. */
export interface CompanionIdentity {
  id: number;
  keyIndex: number;
  identityKey: Buffer;
  registrationId: number;
  signedPreKey: PublicPreKey & { signature: Buffer };
  /** Public Noise static key: authenticates every later login. */
  noiseKey: Buffer;
}

/** A linked device ("companion") of an account: a Baileys socket, online or not. */
export class Device {
  readonly id: number;
  readonly keyIndex: number;
  readonly noiseKey: Buffer;
  identityKey: Buffer;
  registrationId: number;
  signedPreKey: PublicPreKey & { signature: Buffer };
  /** The one before, while a sender that took it earlier has not used it. */
  formerSignedPreKey: (PublicPreKey & { signature: Buffer }) | undefined;
  /** One-time pre-keys not handed out yet, by id. */
  readonly preKeys = new Map<number, Buffer>();
  /** The live connection; `undefined` while offline. */
  wire: DeviceWire | undefined;
  /** Online and past the offline backlog: live stanzas may be written at once. */
  drained = false;
  /** Its first login is done: keys and history were shared. */
  greeted = false;
  /** Logins since the device was paired, over restarts when state is kept. */
  logins = 0;
  /** What it has to fetch again. */
  readonly dirty = new Set<string>(['account_sync', 'groups']);
  /** Listed, but the service has no keys of it, as of a device that was unregistered (Baileys 2521). */
  keyless = false;
  /** The reason of the last refused login, until one succeeds. */
  refusedFor: number | null = null;

  constructor(
    readonly account: Account,
    companion: CompanionIdentity,
    /** Stanzas sent or queued that the device has not confirmed yet. */
    readonly outbox: Outbox
  ) {
    this.id = companion.id;
    this.keyIndex = companion.keyIndex;
    this.noiseKey = companion.noiseKey;
    this.identityKey = companion.identityKey;
    this.registrationId = companion.registrationId;
    this.signedPreKey = companion.signedPreKey;
  }

  /** A new signed pre-key. The next sender took its bundle before that: real ones do, and their messages must be readable (whatsapp-rust PR 968, 1237). */
  rotate(signedPreKey: PublicPreKey & { signature: Buffer }): void {
    this.formerSignedPreKey = this.signedPreKey;
    this.signedPreKey = signedPreKey;
  }

  get online(): boolean {
    return this.wire !== undefined;
  }

  /** Hands out the keys for one new Signal session; its one-time key is gone afterwards. */
  takeBundle(): KeyBundle {
    const [first] = this.preKeys;
    if (first) this.preKeys.delete(first[0]);
    const late = this.formerSignedPreKey;
    this.formerSignedPreKey = undefined;
    return {
      registrationId: this.registrationId,
      identityKey: this.identityKey,
      signedPreKey: late ?? this.signedPreKey,
      preKey: first && { id: first[0], publicKey: first[1] }
    };
  }

  /** The jid with the device number. */
  jid(addressing: Addressing = 'pn'): string {
    return formatJid(this.account.user(addressing), addressing, this.id);
  }
}
