import { DEFAULT_BROWSER, type BrowserIdentity, type ProxyAddress } from '@wabus/contracts';
import type { AuthenticationCreds, BinaryNode, GroupMetadata, SocketConfig, WASocket } from '@whiskeysockets/baileys';
import type { Logger } from 'pino';
import { retryWhileUnavailable } from '../auth-state/auth-state.errors.js';
import type { AuthState } from '../auth-state/auth-state.js';
import type { AdoptedDevice } from '../auth-state/auth-state.types.js';
import {
  DEFAULT_CONNECTION_CONFIG,
  WA_CERT_DETAILS,
  initAuthCreds,
  jidNormalizedUser,
  makeWASocket,
  type InterceptedSocketConfig
} from './baileys.js';
import { baileysLogger } from './baileys.logger.js';
import { BaileysSocket } from './baileys.socket.js';
import { isKnownMigrated } from './addressing/account-migration.observer.js';
import { namespaceOf } from './addressing/address.policy.js';
import { RetryReceipts } from './addressing/retry-receipts.js';
import { PlainHttpsAgent, proxiedAgents, type ProxiedAgents } from './connecting/http-agents.js';
import { ReachabilityNotice } from './connecting/network-failure.mapper.js';
import type { ProxyRoute } from './connecting/proxy-tunnel.js';
import { DeviceLists } from './devices/device-lists.js';
import { KeylessDevices } from './devices/keyless-devices.js';
import { EngineFigures } from './engine-figures.js';
import type { EngineSettings } from './engine-settings.js';
import { HistoryChunkStore } from './history/history-chunk.store.js';
import { HistoryReceiver } from './history/history-receiver.js';
import { isOwnJid } from './linked-account.js';
import { KnownIdentities } from './known-identities.js';
import { Linking } from './linking/linking.js';
import { AppState } from './app-state/app-state.js';
import { clientPayload } from './connecting/client-payload.mapper.js';
import { ContactTokens } from './reach/contact-tokens.js';
import type { ChatRecords } from './reach/known-chats.store.js';
import { Acknowledger } from './receiving/acknowledger.js';
import { botReceipt } from './receiving/bot-answer.reader.js';
import { IgnoredChats } from './receiving/ignored-chats.js';
import { Resender } from './resending/resender.js';
import { reportPart } from './secrets/part-events.mapper.js';
import { PartOpener } from './secrets/part-opener.js';
import { PartSealer } from './secrets/part-sealer.js';
import { portableSecrets, withSecretChunks } from './secrets/secret-transfer.mapper.js';
import { SessionSecrets } from './secrets/session-secrets.js';
import { WaitingRequestStore } from './resending/waiting-request.store.js';
import { SenderKeyMemory } from './resending/sender-key-memory.js';
import { leftMessages } from './receiving/left-messages.js';
import { CurrentStanza } from './receiving/message-reception.js';
import { ChatTimers } from './sending/chat-timers.store.js';
import { completedPost } from './sending/channel-post.mapper.js';
import { SendProgressTracker } from './sending/send-progress.tracker.js';
import { withoutAuthor } from './sending/chat-state.policy.js';
import { PostAuthors } from './sending/post-authors.js';
import { readReceipts } from './sending/read-receipts.js';
import { Departures } from './sending/departures.js';
import { SentMessageStore } from './sending/sent-message.store.js';
import { EarlyDecryption } from './signal/early-decryption.js';
import type { LidMap } from './signal/lid-map.js';
import { ROTATION_MS } from './signal/signed-pre-key.policy.js';
import { SignedPreKeyRotation } from './signal/signed-pre-key-rotation.js';
import { SocketCredentials, plainCopy } from './signal/socket-credentials.js';
import { sessionRepository } from './session.repository.js';
import { SocketCaches } from './socket-caches.js';
import { capturingRejections } from './stray-rejection.guard.js';
import { WhatsAppEngine, type OpenSocket, type ReadLeft, type WhatsAppSocket } from './whatsapp-engine.js';

/** Shorter than Baileys' limit for connecting (20 s), so that the proxy is reported as the cause. */
const PROXY_LIMIT_MS = 15_000;

/** The engine that connects with Baileys. Importing this file installs the checks and replacements of the preload. */
export class BaileysEngine extends WhatsAppEngine {
  readonly figures = new EngineFigures();
  /** The caches of each session. They live as long as the auth state, which exists for one lease. */
  private readonly caches = new WeakMap<AuthState, SocketCaches>();
  private readonly secrets = new SessionSecrets();
  private readonly fixedConfig: Partial<SocketConfig>;
  private readonly reachability: ReachabilityNotice;
  /** The host to which sockets connect. */
  private readonly host: string;

  constructor(
    private readonly settings: EngineSettings,
    private readonly logger: Logger
  ) {
    super();
    if (settings.simulator) WA_CERT_DETAILS.PUBLIC_KEY = settings.simulator.rootPublicKey;
    this.fixedConfig = fixedConfig(settings);
    this.reachability = new ReachabilityNotice(logger);
    this.host = (settings.simulator?.url ?? new URL(DEFAULT_CONNECTION_CONFIG.waWebSocketUrl)).host;
  }

  async open({
    session,
    auth,
    inbox,
    listener,
    passkey,
    settings,
    ignore,
    version,
    proxy,
    identities = new KnownIdentities()
  }: OpenSocket): Promise<WhatsAppSocket> {
    const logger = this.logger.child({ session });
    const ended = new AbortController();
    const [credentials] = await Promise.all([SocketCredentials.open(auth, ended.signal), inbox?.load(ended.signal)]);
    const caches = this.cachesOf(auth);
    const { creds } = credentials.state;
    const secrets = await this.secrets.of(auth, creds.me?.id, { journal: inbox !== null, ended: ended.signal });
    const opener = new PartOpener({ secrets, keys: credentials.state.keys, creds, logger, ended: ended.signal });
    for (const { stanza, plaintext } of inbox?.takeKept() ?? []) await opener.relearn(stanza as BinaryNode, plaintext);
    const sentMessages = new SentMessageStore(auth, this.settings.sentMessageTtlMs);
    const progress = new SendProgressTracker({
      session,
      records: auth,
      ttlMs: this.settings.sentMessageTtlMs,
      emit: progress => listener.progress(progress),
      logger
    });
    const currentStanza = new CurrentStanza();
    const early = new EarlyDecryption();
    const acknowledger = new Acknowledger({
      askedAgain: caches.askedAgain,
      isUnsealed: id => currentStanza.isUnsealed(id),
      mayAskAgain: sender => caches.resendLimiter.mayAsk(jidNormalizedUser(sender), performance.now()),
      own: () => credentials.state.creds.me?.id,
      isOwn: jid => isOwnJid(jid, credentials.state.creds),
      figures: this.figures,
      logger
    });
    const ignored = new IgnoredChats(ignore ?? (() => []));
    const keyless = new KeylessDevices();
    const departures = new Departures();
    const authors = new PostAuthors();
    const addressing = settings?.addressing ?? this.settings.addressing;
    const retryReceipts = new RetryReceipts(() => namespaceOf(addressing, isKnownMigrated(credentials.state.creds)) === 'lid');
    const browser = browserTuple(settings?.browser ?? DEFAULT_BROWSER);
    const agents = this.agentsThrough(proxy, logger);
    const mediaHosts = { simulator: this.settings.simulator?.url ?? null };
    const files = { hosts: mediaHosts, dispatcher: agents?.fetch ?? null };
    let lidMap: LidMap | null = null;
    let opened: BaileysSocket | null = null;
    const history = new HistoryReceiver({
      store: new HistoryChunkStore(auth),
      state: credentials.state,
      wanted: this.fixedConfig.shouldSyncHistoryMessage ?? DEFAULT_CONNECTION_CONFIG.shouldSyncHistoryMessage,
      files,
      takeSecrets: async ({ messages }) => {
        for (const [message, note] of await opener.takeHistory(messages)) reportPart(listener, message, note);
      },
      publish: (chunk, set) => {
        opened?.learn({ 'messaging-history.set': set });
        return listener.history(chunk, ignored.restOfHistory(set));
      },
      addPairs: pairs => {
        identities.noteHistory(pairs);
        return lidMap?.add(pairs) ?? Promise.resolve();
      },
      keepSalt: nctSalt => void socket.ev.emit('creds.update', { nctSalt } as object),
      logger,
      ended: ended.signal
    });
    const appState = new AppState({
      memory: caches.collections,
      state: credentials.state,
      files,
      givenUp: failure => listener.collectionGivenUp(failure),
      logger,
      ended: ended.signal
    });
    const tokens = new ContactTokens({
      keys: appState.observe(identities.observe(credentials.state.keys)),
      creds,
      save: () => void credentials.save().catch((err: unknown) => logger.debug({ err }, 'failed to store the token lifetime'))
    });
    const groupMetadata = async (jid: string): Promise<GroupMetadata> => {
      const known = caches.group(jid);
      if (known) return known;
      const metadata = await socket.groupMetadata(jid);
      caches.rememberGroup(metadata);
      return metadata;
    };
    const timers = new ChatTimers({ records: tokens.keys as unknown as ChatRecords, groupMetadata, logger });
    const counts = caches.logins.begin(creds);
    const intercepted: InterceptedSocketConfig = {
      interceptNode: node => {
        departures.note(node);
        keyless.note(node);
        const left = history.intercept(appState.intercept(completedPost(node)));
        const [receipt, ...further] = left ? readReceipts(withoutAuthor(left), author => authors.numberOf(author)) : [];
        for (const each of further) void socket.sendNode(each).catch(() => undefined);
        const acknowledged = receipt ? acknowledger.intercept(botReceipt(retryReceipts.intercept(receipt), currentStanza.stanza)) : null;
        const complete = acknowledged && resender.intercept(acknowledged);
        return complete && tokens.intercept(complete);
      },
      clientPayload: payload => clientPayload(payload, counts),
      appState: appState.reading
    };
    const socket: WASocket = capturingRejections(() =>
      makeWASocket({
        ...this.fixedConfig,
        ...intercepted,
        browser,
        version,
        // Baileys types `options` as the `RequestInit` of a `fetch` that has no dispatchers yet.
        ...(agents ? { agent: agents.socket, fetchAgent: agents.upload, options: { dispatcher: agents.fetch } as RequestInit } : {}),
        auth: { creds, keys: tokens.keys },
        logger: baileysLogger(logger, ended.signal),
        makeSignalRepository: sessionRepository({
          opener,
          history,
          appState,
          currentStanza,
          early,
          credentials,
          found: map => (lidMap = map)
        }),
        msgRetryCounterCache: caches.msgRetryCounterCache,
        placeholderResendCache: caches.placeholderResendCache,
        callOfferCache: caches.callOfferCache,
        userDevicesCache: caches.userDevicesCache,
        getMessage: key => retryWhileUnavailable(() => sentMessages.find(key.id), ended.signal),
        cachedGroupMetadata: groupMetadata
      })
    );
    retryReceipts.attach(socket.ws);
    const senderKeys = new SenderKeyMemory(socket.authState.keys, () => credentials.state.creds.me?.id);
    const resender = new Resender({
      socket,
      find: id => retryWhileUnavailable(() => sentMessages.find(id), ended.signal),
      isMe: jid => credentials.isMe(jid),
      limiter: caches.resendLimiter,
      waiting: caches.waitingRequests,
      kept: new WaitingRequestStore(auth),
      senderKeys,
      figures: this.figures,
      limited: () => listener.resendsHeldBack(),
      logger,
      ended: ended.signal
    });
    // Wabus makes these changes, so they are stored without a Baileys event.
    const change = (update: Partial<AuthenticationCreds>): Promise<void> => {
      Object.assign(creds, update);
      return credentials.save();
    };
    const rotation = new SignedPreKeyRotation({
      credentials: creds,
      change,
      query: iq => socket.query(iq),
      maxAgeMs: this.settings.signedPreKeyMaxAgeMs ?? ROTATION_MS,
      logger,
      ended: ended.signal
    });
    appState.attach(socket);
    const ownJids = (): string[] => [credentials.state.creds.me?.id, credentials.state.creds.me?.lid].filter(jid => jid !== undefined);
    const deviceLists = new DeviceLists({ caches, own: ownJids, logger });
    for (const each of [keyless, deviceLists]) each.attach(socket.ws);
    const { qrTimeoutMs, watchdogMs, silenceLimitMs, backlogLimitMs } = this.settings;
    const linking = new Linking({ socket, credentials, browser, qrTimeoutMs, passkey, logger, ended: ended.signal });
    const parts = {
      socket,
      credentials,
      inbox,
      currentStanza,
      early,
      acknowledger,
      opener,
      ignored,
      sealer: new PartSealer({
        ...{ secrets, keys: credentials.state.keys, creds },
        isCommunityAnnounce: async jid => (await groupMetadata(jid)).isCommunityAnnounce === true
      }),
      resender,
      history,
      patches: appState.patches,
      lidMap: () => lidMap,
      upkeep: () => {
        change(caches.logins.succeeded(creds)).catch((err: unknown) => logger.debug({ err }, 'failed to store the number of logins'));
        rotation.begin();
        appState.begin();
      },
      tokens,
      keyless,
      departures,
      authors,
      senderKeys,
      deviceLists,
      listener,
      caches,
      sentMessages,
      identities,
      timers,
      progress,
      linking,
      logger,
      ended
    };
    const shared = { addressing, host: this.host, reachability: this.reachability, figures: this.figures };
    const limits = { watchdogMs, silenceLimitMs, backlogLimitMs };
    const { reach } = this.settings;
    opened = new BaileysSocket({ ...parts, ...shared, ...limits, session, reach, mediaHosts, dispatcher: files.dispatcher });
    return opened;
  }

  completed(credentials: Readonly<Record<string, unknown>>): object {
    return { ...(plainCopy(initAuthCreds()) as object), ...credentials };
  }

  adopted(auth: AuthState, records: AdoptedDevice['records']): Promise<AdoptedDevice['records']> {
    this.secrets.forget(auth);
    return withSecretChunks(records);
  }

  portable(auth: AuthState): Promise<AdoptedDevice['records']> {
    return portableSecrets(auth);
  }

  async readLeft({ auth, inbox, listener }: ReadLeft): Promise<void> {
    const { signal: ended } = new AbortController();
    const { logger } = this;
    const [{ state }] = await Promise.all([SocketCredentials.open(auth, ended), inbox.load(ended)]);
    const { creds, keys } = state;
    const secrets = await this.secrets.of(auth, creds.me?.id, { journal: true, ended });
    const opener = new PartOpener({ secrets, keys, creds, logger, ended });
    for (const { stanza, plaintext } of inbox.takeKept()) await opener.relearn(stanza as BinaryNode, plaintext);
    const left = { inbox, opener, me: creds.me, listener, logger: baileysLogger(logger, ended) };
    await inbox.recover({ ...leftMessages(left), connected: () => true }, ended);
  }

  private agentsThrough(own: ProxyAddress | null, logger: Logger): ProxiedAgents | null {
    const { proxyGuard, simulator, watchdogMs } = this.settings;
    const proxy = own ?? this.settings.proxy;
    if (proxy === null) return null;
    const limitMs = Math.min(PROXY_LIMIT_MS, watchdogMs / 2);
    const route: ProxyRoute = { proxy, guard: own ? proxyGuard : null, limitMs };
    return proxiedAgents({
      route,
      secureSocket: simulator?.url.protocol !== 'ws:',
      secureUploads: simulator === null,
      failed: ({ message, status, cause }) =>
        logger.warn({ reason: message, status, cause: (cause as Error | undefined)?.message }, 'connection through the proxy failed')
    });
  }

  private cachesOf(auth: AuthState): SocketCaches {
    const caches = this.caches.get(auth) ?? new SocketCaches(this.settings);
    caches.forgetGroups();
    this.caches.set(auth, caches);
    return caches;
  }
}

const browserTuple = ({ os, name, version }: BrowserIdentity): [string, string, string] => [os, name, version];

/** Returns the options that all sockets share, without unset ones: an explicit `undefined` would replace Baileys' default. */
function fixedConfig(settings: EngineSettings): Partial<SocketConfig> {
  return {
    keepAliveIntervalMs: settings.keepAliveMs,
    // Otherwise the phone shows no notifications while the session is connected.
    markOnlineOnConnect: false,
    syncFullHistory: settings.syncFullHistory,
    generateHighQualityLinkPreview: false,
    ...(settings.syncFullHistory ? { shouldSyncHistoryMessage: () => true } : {}),
    ...(settings.simulator ? { waWebSocketUrl: settings.simulator.url.href, fetchAgent: new PlainHttpsAgent() } : {})
  };
}
