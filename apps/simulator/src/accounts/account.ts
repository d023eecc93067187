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

/** One app-state collection as the server stores it: every patch ever pushed, and the phone's hash state after the last one. */
export interface AppStateCollection {
  patches: proto.ISyncdPatch[];
  state: LTHashState;
}

export interface AccountIdentity {
  phoneNumber: string;
  /** User part of the LID jid. */
  lid: string;
  name: string;
  /** Whether device 0, the phone itself, is in the device list that others get. If not, nobody encrypts for it and load tests are cheaper. */
  advertisePhone: boolean;
  /** Others see only the LID of the account: its number is in no stanza and no look-up. */
  hidesNumber: boolean;
  /** The username, if the account has one. */
  username: string | undefined;
  /** Whether its direct messages are addressed by LID, also in retries in both directions; otherwise by number. */
  migrated: boolean;
  /** Look-ups do not return its LID. */
  lidHidden: boolean;
}

/** The "about" text as the mutation from 2025 sets it. */
export interface AboutText {
  readonly text: string;
  readonly emoji: string | undefined;
  readonly durationSeconds: number;
  /** Seconds since 1970. */
  readonly setAt: number;
}

/** One WhatsApp user of the simulator: a phone, its linked devices, and the data that the server stores about them. */
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

  /** Privacy settings by the category names of WhatsApp. */
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
  /** LID jids that this account has blocked. */
  readonly blocklist = new Set<string>();
  /** The "about" text, without its emoji and expiry. */
  status = 'Hey there! I am using WhatsApp.';
  /** The "about" text with its emoji and expiry, once it has been set in that form. */
  about: AboutText | undefined;
  disappearingModeSeconds = 0;
  /** The accounts to which it may write. */
  readonly reach = new AccountReach();
  pictureId: string | undefined;
  presence: 'available' | 'unavailable' = 'unavailable';
  /** Accounts that have subscribed to the presence of this one. */
  readonly presenceSubscribers = new Set<Account>();

  /** App-state collections by name (`regular_high` …). */
  readonly collections = new Map<string, AppStateCollection>();
  appStateKey: AppStateKey | undefined;
  /** Former keys of the phone, which are needed to read older patches. */
  readonly formerAppStateKeys: AppStateKey[] = [];

  /** Messages that the phone has received and decrypted, oldest first. */
  readonly received: ReceivedMessage[] = [];
  /** Receipts for messages that the phone sent, oldest first. */
  readonly receipts: ReceivedReceipt[] = [];
  /** The number of incoming messages that its phone cannot read, however they are encrypted. */
  unreadable = 0;
  /** The phone replies to every text with this prefix and the text. */
  autoReplyPrefix: string | null = null;

  /** Whether, and how, the service requests the account's passkey when a device is linked. */
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

  /** Created on first use unless one has been set. */
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

  /** Returns the jid without a device number. */
  jid(addressing: Addressing = 'pn'): string {
    return formatJid(this.user(addressing), addressing);
  }

  /** The phone number jid that others see; `undefined` if the account hides its number. */
  get shownNumber(): string | undefined {
    return this.hidesNumber ? undefined : this.jid('pn');
  }

  /** The jid by which others address the account: in the requested addressing, but never a number that the account hides. */
  shownJid(addressing: Addressing = 'pn'): string {
    return this.jid(this.hidesNumber ? 'lid' : addressing);
  }

  /** The addressing of the account's direct messages. */
  get namespace(): Addressing {
    return this.migrated ? 'lid' : 'pn';
  }

  /** Linked devices in the order in which they were paired. */
  companions(): Device[] {
    return [...this.devices.values()];
  }

  describe(): SimulatedAccount {
    return { phoneNumber: this.phoneNumber, name: this.name, pnJid: this.jid('pn'), lidJid: this.jid('lid') };
  }
}

/** The live connection of a device, as the rest of the simulator sees it. */
export interface DeviceWire {
  /** Encrypts and writes one stanza, unless a fault prevents it. Never throws; a closed wire drops the stanza. */
  send(stanza: Stanza): void;
  /** Sends `stanza`, if there is one, and closes the WebSocket once it has left. */
  close(last?: Stanza): void;
  /** Resets the TCP connection without notice. */
  reset(): void;
}

/** The data that the server receives about a companion during pairing. */
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
  /** The previous signed pre-key, until a sender that fetched it earlier has used it. */
  formerSignedPreKey: (PublicPreKey & { signature: Buffer }) | undefined;
  /** One-time pre-keys that have not been issued yet, by id. */
  readonly preKeys = new Map<number, Buffer>();
  /** The live connection; `undefined` while offline. */
  wire: DeviceWire | undefined;
  /** Online, and the offline backlog has been sent: live stanzas may be written immediately. */
  drained = false;
  /** Its first login is complete: keys and history have been shared. */
  greeted = false;
  /** Logins since the device was paired; the count survives restarts if state is stored. */
  logins = 0;
  /** The parts of the account that the device has to fetch again. */
  readonly dirty = new Set<string>(['account_sync', 'groups']);
  /** Listed, but the service has no keys for it, as with a device that was unregistered (Baileys 2521). */
  keyless = false;
  /** The reason of the last refused login, until a login succeeds. */
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

  /**
   * Sets a new signed pre-key. The next sender still gets the previous one, because real senders may
   * have fetched their bundle earlier and their messages must be readable (whatsapp-rust PR 968, 1237).
   */
  rotate(signedPreKey: PublicPreKey & { signature: Buffer }): void {
    this.formerSignedPreKey = this.signedPreKey;
    this.signedPreKey = signedPreKey;
  }

  get online(): boolean {
    return this.wire !== undefined;
  }

  /** Returns the keys for one new Signal session and deletes the one-time key that it returns. */
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

  /** Returns the jid with the device number. */
  jid(addressing: Addressing = 'pn'): string {
    return formatJid(this.account.user(addressing), addressing, this.id);
  }
}
