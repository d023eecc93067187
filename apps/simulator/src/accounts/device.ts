import type { Addressing } from '@wabus/testing';
import type { Stanza } from '../stanza/stanza.js';
import type { Account } from './account.js';
import { formatJid } from './jid.js';
import type { Outbox } from '../connection/outbox.js';

/** A public pre-key as a device uploaded it; `signature` is there on signed ones. */
export interface PublicPreKey {
  id: number;
  publicKey: Buffer;
  signature?: Buffer;
}

/** What another device needs to open a Signal session with this one. */
export interface KeyBundle {
  registrationId: number;
  identityKey: Buffer;
  signedPreKey: PublicPreKey & { signature: Buffer };
  /** Missing when the one-time keys have run out. */
  preKey?: PublicPreKey;
}

/** The live connection of a device, as the rest of the simulator sees it. */
export abstract class DeviceWire {
  /** Encrypts and writes one stanza, faults permitting. Never throws; a closed wire drops it. */
  abstract send(stanza: Stanza): void;
  /** Sends `stanza`, when given, and closes the WebSocket after it has left. */
  abstract close(last?: Stanza): void;
  /** Cuts the TCP connection without a word. */
  abstract reset(): void;
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

  get online(): boolean {
    return this.wire !== undefined;
  }

  /** Hands out the keys for one new Signal session; its one-time key is gone afterwards. */
  takeBundle(): KeyBundle {
    const [first] = this.preKeys;
    if (first) this.preKeys.delete(first[0]);
    return {
      registrationId: this.registrationId,
      identityKey: this.identityKey,
      signedPreKey: this.signedPreKey,
      preKey: first && { id: first[0], publicKey: first[1] }
    };
  }

  /** The jid with the device number. */
  jid(addressing: Addressing = 'pn'): string {
    return formatJid(this.account.user(addressing), addressing, this.id);
  }
}
