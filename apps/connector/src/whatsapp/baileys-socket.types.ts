import type { Addressing } from '@wabus/contracts';
import type { Dispatcher } from 'undici';
import type { ReachabilityNotice } from './connecting/network-failure.mapper.js';
import type { DeviceLists } from './devices/device-lists.js';
import type { KeylessDevices } from './devices/keyless-devices.js';
import type { Departures } from './sending/departures.js';
import type { EngineFigures } from './engine-figures.js';
import type { Inbox } from './inbox.js';
import type { KnownIdentities } from './known-identities.js';
import type { Linking } from './linking/linking.js';
import type { MediaHosts } from './receiving/media-location.policy.js';
import type { IgnoredChats } from './receiving/ignored-chats.js';
import type { CurrentStanza } from './receiving/message-reception.js';
import type { ContactTokens } from './reach/contact-tokens.js';
import type { ReachSettings } from './reach/reach.js';
import type { ServiceRulesParts } from './receiving/service-rules.js';
import type { ChatTimers } from './sending/chat-timers.store.js';
import type { PostAuthors } from './sending/post-authors.js';
import type { SendProgressTracker } from './sending/send-progress.tracker.js';
import type { Resender } from './resending/resender.js';
import type { PartOpener } from './secrets/part-opener.js';
import type { PartSealer } from './secrets/part-sealer.js';
import type { SenderKeyMemory } from './resending/sender-key-memory.js';
import type { SentMessageStore } from './sending/sent-message.store.js';
import type { EarlyDecryption } from './signal/early-decryption.js';
import type { SocketCredentials } from './signal/socket-credentials.js';
import type { SocketListener } from './whatsapp-engine.js';

/** The collaborators and limits from which `BaileysEngine` builds a socket. */
export interface BaileysSocketParts extends ServiceRulesParts {
  readonly credentials: SocketCredentials;
  readonly inbox: Inbox | null;
  readonly currentStanza: CurrentStanza;
  readonly early: EarlyDecryption;
  readonly ignored: IgnoredChats;
  readonly session: string;
  readonly opener: PartOpener;
  readonly sealer: PartSealer;
  readonly tokens: ContactTokens;
  readonly reach: ReachSettings;
  readonly resender: Resender;
  /** Starts the maintenance that follows each login. */
  readonly upkeep: () => void;
  readonly keyless: KeylessDevices;
  readonly departures: Departures;
  readonly authors: PostAuthors;
  readonly senderKeys: SenderKeyMemory;
  readonly deviceLists: DeviceLists;
  readonly figures: EngineFigures;
  readonly listener: SocketListener;
  readonly sentMessages: SentMessageStore;
  readonly identities: KnownIdentities;
  readonly timers: ChatTimers;
  readonly progress: SendProgressTracker;
  readonly linking: Linking;
  readonly mediaHosts: MediaHosts;
  readonly addressing: Addressing;
  /** The host name and port of WhatsApp's server, or of the simulator. */
  readonly host: string;
  readonly reachability: ReachabilityNotice;
  /** The dispatcher for file downloads; `null` without a proxy. */
  readonly dispatcher: Dispatcher | null;
  /** The time limit for the first sign of the server: a QR code or a login. */
  readonly watchdogMs: number;
  /** The longest silence of the server after that. */
  readonly silenceLimitMs: number;
  /** The time limit for the backlog after a login. */
  readonly backlogLimitMs: number;
  /** Aborted when no part of the socket is needed anymore. */
  readonly ended: AbortController;
}
