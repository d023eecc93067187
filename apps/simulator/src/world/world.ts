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

/** What happens in the world, for tests, waiting operations and features. */
export interface WorldEvents {
  'stanza-in': [{ device: Device | undefined; stanza: Stanza }];
  'stanza-out': [{ device: Device | undefined; stanza: Stanza }];
  /** A phone has decrypted a message; it is in `account.received` already. */
  'phone-message': [{ account: Account; author: Account; received: ReceivedMessage; message: proto.IMessage }];
  /** One copy of a message came to a phone from a linked device; `text` is `null` when it could not be read or has none. */
  'phone-delivery': [{ account: Account; author: Account; id: string; chat: string; text: string | null }];
  /** A companion wrote to its own phone: a request for history, for a lost message. */
  'peer-message': [{ device: Device; id: string; message: proto.IMessage }];
  /** A phone got a receipt; it is in `account.receipts` already. */
  'phone-receipt': [{ account: Account; receipt: ReceivedReceipt }];
  /** A device was paired, came online, was drained, confirmed something, went offline or was unlinked. */
  'device-change': [{ device: Device }];
  /** A newly paired device logs in for the first time: the moment a phone shares keys and history. */
  'first-login': [{ device: Device }];
  /** A companion asks for pairing by code. */
  'pairing-code-hello': [{ phoneNumber: string }];
  /** A passkey exchange has moved on. */
  'passkey-change': [{ account: Account }];
  /** A client acknowledged a notification. */
  acknowledged: [];
  /** Something worth keeping in the state file has changed. */
  changed: [];
}

export interface WorldSettings {
  /** How one-to-one messages of contacts are addressed unless the sender says otherwise; as the account demands when missing. */
  addressing: Addressing | undefined;
  /** QR references handed out per pairing connection. */
  qrReferences: number;
  /** What clients that are not linked have to do; see docs/simulator.md. */
  linking: LinkingTerms;
  /** Which versions of the client the service takes; see docs/simulator.md. */
  versions: VersionTerms;
  /** How the offline queue treats status posts. */
  queue: QueueTerms;
  /** Whom accounts may write to. */
  reach: ReachTerms;
  /** How long a phone takes to confirm a message. Within 100 ms Baileys would fold the receipt into the message it has just sent. */
  phoneLatencyMs: number;
}

/** Below this many one-time keys the server asks the device for more. */
const FEW_PRE_KEYS = 5;

const defaultSettings = { addressing: undefined, qrReferences: 6, phoneLatencyMs: 250 } as const;

/** What may be set when a world is made; the rest has defaults. */
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
  /** Further attributes of the `<message>`, such as `edit`. */
  attrs?: Record<string, string>;
  /** Without Signal, as a `<plaintext>` child. */
  plaintext?: boolean;
  /** An edit in the former, plain form. */
  plainEdit?: boolean;
  /** A status post that the receiver sees. */
  status?: boolean;
}

/** Everything the simulated WhatsApp knows, and the ways to reach its devices. */
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

  /** By what an account is written to: by LID once it is moved (zapo and whatsmeow write to no other), by number before. */
  addressingTo(account: Account): Addressing {
    return this.settings.addressing ?? account.namespace;
  }

  /** A stanza id that no other stanza of this run has. */
  nextId(): string {
    return `sim-${process.pid.toString(36)}-${(++this.sequence).toString(36)}`;
  }

  /**
   * Queues a stanza for a device until the device confirms it by receipt or ack, and writes it at once when the device is online and
   * drained and no status post holds it back. Completes `id` and `t` where they are missing. For messages, notifications, receipts and calls.
   */
  deliver(device: Device, stanza: Stanza): void {
    stanza.attrs['id'] ??= this.nextId();
    stanza.attrs['t'] ??= secondsNow();
    device.outbox.add(stanza);
    if (stanza.tag === 'message' || stanza.tag === 'status') this.counters.messagesToDevices++;
    if (!device.drained) return;
    for (const each of device.outbox.takeWritable()) device.wire?.send(each);
  }

  /** {@link deliver} to every linked device of an account, each with its own copy under the same id. */
  deliverToAll(account: Account, stanza: Stanza, except?: Device): void {
    stanza.attrs['id'] ??= this.nextId();
    for (const device of account.devices.values()) {
      if (device !== except) this.deliver(device, cloneStanza(stanza));
    }
  }

  /** Writes a stanza to a device that is online, without queueing: presence, typing, `<ib>`. Lost otherwise, as with WhatsApp. */
  push(device: Device, stanza: Stanza): void {
    if (device.drained) device.wire?.send(stanza);
  }

  /** {@link push} to every linked device of an account. */
  pushToAll(account: Account, stanza: Stanza): void {
    for (const device of account.devices.values()) this.push(device, stanza);
  }

  /**
   * The key bundle of a device, with one of its one-time keys, which nobody gets again. Asks the device for more keys when few are left.
   */
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
