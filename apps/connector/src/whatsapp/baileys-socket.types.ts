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

/** What a socket is made of. */
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
  /** What has to be looked after each login. */
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
  /** Of WhatsApp. */
  readonly host: string;
  readonly reachability: ReachabilityNotice;
  /** Fetches files; `null`: without a proxy. */
  readonly dispatcher: Dispatcher | null;
  /** How long there may be no sign of the server: neither QR code nor login. */
  readonly watchdogMs: number;
  /** How long nothing may come after that. */
  readonly silenceLimitMs: number;
  /** How long after a login the backlog may take to end. */
  readonly backlogLimitMs: number;
  /** Aborted when nothing of the socket is needed any more. */
  readonly ended: AbortController;
}
