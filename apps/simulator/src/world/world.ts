import { EventEmitter } from 'node:events';
import type { Addressing, LinkingTerms, QueueTerms, ReachTerms, ReceivedMessage, ReceivedReceipt, VersionTerms } from '@wabus/testing';
import type { proto } from '@whiskeysockets/baileys';
import type { Account, Device } from '../accounts/account.js';
import type { KeyBundle } from '../accounts/key-bundle.codec.js';
import { AccountsRegistry } from '../accounts/accounts.registry.js';
import type { Group, GroupDirectory } from '../accounts/group.js';
import { SERVER_JID, cloneStanza, element, secondsNow, type Stanza } from '../stanza/stanza.js';
import { AcknowledgementsLedger } from './acknowledgements.ledger.js';
import { Counters } from './counters.js';
import { defaultLinking } from './linking-terms.js';
import { defaultVersions } from './version-terms.js';
import { defaultQueue } from './queue-terms.js';
import { defaultReach } from './reach-terms.js';

/** The events of the world, for tests, waiting operations and features. */
export interface WorldEvents {
  'stanza-in': [{ device: Device | undefined; stanza: Stanza }];
  'stanza-out': [{ device: Device | undefined; stanza: Stanza }];
  /** A phone has decrypted a message; `account.received` contains it already. */
  'phone-message': [{ account: Account; author: Account; received: ReceivedMessage; message: proto.IMessage }];
  /** One copy of a message from a linked device has reached a phone; `text` is `null` if it could not be read or has none. */
  'phone-delivery': [{ account: Account; author: Account; id: string; chat: string; text: string | null }];
  /** A companion has written to its own phone: a request for history, or for a lost message. */
  'peer-message': [{ device: Device; id: string; message: proto.IMessage }];
  /** A phone has received a receipt; `account.receipts` contains it already. */
  'phone-receipt': [{ account: Account; receipt: ReceivedReceipt }];
  /** A device was paired, came online, was drained, confirmed a stanza, went offline or was unlinked. */
  'device-change': [{ device: Device }];
  /** A newly paired device has logged in for the first time, so its phone shares keys and history. */
  'first-login': [{ device: Device }];
  /** A companion has requested pairing by code. */
  'pairing-code-hello': [{ phoneNumber: string }];
  /** A passkey exchange has progressed. */
  'passkey-change': [{ account: Account }];
  /** A client has acknowledged a notification. */
  acknowledged: [];
  /** Data in the state file has changed. */
  changed: [];
}

export interface WorldSettings {
  /** How one-to-one messages of contacts are addressed unless the sender chooses; `undefined` uses the namespace of the account. */
  addressing: Addressing | undefined;
  /** QR references issued per pairing connection. */
  qrReferences: number;
  /** The requirements for clients that are not linked; see docs/simulator.md. */
  linking: LinkingTerms;
  /** The client versions that the service accepts; see docs/simulator.md. */
  versions: VersionTerms;
  /** How the offline queue treats status posts. */
  queue: QueueTerms;
  /** To whom accounts may write. */
  reach: ReachTerms;
  /** How long a phone takes to confirm a message. Within 100 ms Baileys would merge the receipt into the message that it has just sent. */
  phoneLatencyMs: number;
}

/** Below this number of one-time keys, the server requests more from the device. */
const FEW_PRE_KEYS = 5;

const defaultSettings = { addressing: undefined, qrReferences: 6, phoneLatencyMs: 250 } as const;

/** The options when a world is created; the rest has defaults. */
export type WorldOptions = Partial<Omit<WorldSettings, 'linking' | 'versions' | 'queue' | 'reach'>> & {
  linking?: Partial<LinkingTerms>;
  versions?: Partial<VersionTerms>;
  queue?: Partial<QueueTerms>;
  reach?: Partial<ReachTerms>;
};

/** A message from a simulated phone. */
export interface PhoneMessage {
  from: Account;
  to: Account | Group;
  message: proto.IMessage;
  id?: string;
  /** One-to-one only; a group has its own. */
  addressing?: Addressing;
  /** Further attributes of the `<message>`, for example `edit`. */
  attrs?: Record<string, string>;
  /** Without Signal, as a `<plaintext>` child. */
  plaintext?: boolean;
  /** An edit in the former, plain form. */
  plainEdit?: boolean;
  /** A status post that the receiver sees. */
  status?: boolean;
}

/** The state of the simulated WhatsApp, and the methods to send stanzas to its devices. */
export class World {
  readonly accounts: AccountsRegistry;
  readonly groups: GroupDirectory;
  readonly settings: WorldSettings;
  readonly counters = new Counters();
  readonly events = new EventEmitter<WorldEvents>();
  readonly acknowledgements = new AcknowledgementsLedger();
  /** `host:port` of the HTTP and WebSocket server, set before the first connection. */
  hostAndPort = '';

  private sequence = 0;

  constructor(parts: { groups: GroupDirectory; settings?: WorldOptions }) {
    this.groups = parts.groups;
    const { linking, versions, queue, reach, ...settings } = parts.settings ?? {};
    this.settings = {
      ...defaultSettings,
      ...settings,
      linking: { ...defaultLinking, ...linking },
      versions: { ...defaultVersions, ...versions },
      queue: { ...defaultQueue, ...queue },
      reach: { ...defaultReach, ...reach }
    };
    this.accounts = new AccountsRegistry(() => this.events.emit('changed'));
    this.events.setMaxListeners(0);
  }

  /** Returns the addressing of messages to an account: LID once it is migrated (zapo and whatsmeow write to no other), the number before. */
  addressingTo(account: Account): Addressing {
    return this.settings.addressing ?? account.namespace;
  }

  /** Returns a stanza id that is unique in this run. */
  nextId(): string {
    return `sim-${process.pid.toString(36)}-${(++this.sequence).toString(36)}`;
  }

  /**
   * Queues a stanza for a device until the device confirms it by receipt or ack, and writes it immediately if the device is online and drained and no
   * status post holds it back. Adds `id` and `t` if they are missing. For messages, notifications, receipts and calls.
   */
  deliver(device: Device, stanza: Stanza): void {
    stanza.attrs['id'] ??= this.nextId();
    stanza.attrs['t'] ??= secondsNow();
    device.outbox.add(stanza);
    if (stanza.tag === 'message' || stanza.tag === 'status') this.counters.messagesToDevices++;
    if (!device.drained) return;
    for (const each of device.outbox.takeWritable()) device.wire?.send(each);
  }

  /** Calls {@link deliver} for every linked device of an account, each with its own copy under the same id. */
  deliverToAll(account: Account, stanza: Stanza, except?: Device): void {
    stanza.attrs['id'] ??= this.nextId();
    for (const device of account.devices.values()) {
      if (device !== except) this.deliver(device, cloneStanza(stanza));
    }
  }

  /** Writes a stanza to an online device without queueing it: presence, typing, `<ib>`. Otherwise the stanza is lost, as with WhatsApp. */
  push(device: Device, stanza: Stanza): void {
    if (device.drained) device.wire?.send(stanza);
  }

  /** Calls {@link push} for every linked device of an account. */
  pushToAll(account: Account, stanza: Stanza): void {
    for (const device of account.devices.values()) this.push(device, stanza);
  }

  /** Returns the key bundle of a device with one of its one-time keys, which is used only once. Requests more keys from the device if few are left. */
  takeBundle(device: Device): KeyBundle {
    const bundle = device.takeBundle();
    if (device.preKeys.size < FEW_PRE_KEYS) {
      const count = element('count', { value: device.preKeys.size });
      this.deliver(device, element('notification', { from: SERVER_JID, type: 'encrypt' }, [count]));
    }
    this.events.emit('changed');
    return bundle;
  }
}
