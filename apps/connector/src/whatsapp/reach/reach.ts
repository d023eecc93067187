import {
  WabusError,
  type AccountRestriction,
  type CommandRequest,
  type ContactLookupResult,
  type NewChatQuota,
  type SocketCommand
} from '@wabus/contracts';
import type {
  AuthenticationCreds,
  BaileysEventMap,
  BinaryNode,
  ReachoutTimelockEnforcementType,
  SignalKeyStore,
  WASocket
} from '@whiskeysockets/baileys';
import type { Logger } from 'pino';
import { isLidUser, jidNormalizedUser } from '../baileys.js';
import { BoundedCache } from '../bounded.cache.js';
import type { EngineFigures } from '../engine-figures.js';
import { storedLid, storedNumber } from '../signal/stored-lids.js';
import { admit, notOnWhatsApp, tooManyNewChats } from './admission.policy.js';
import { ContactLookup } from './contact-lookup.js';
import type { ContactTokens, ReachCredentials } from './contact-tokens.js';
import { cappingUpdate } from './reach-limits.codec.js';
import { KnownChats, type ChatRecords } from './known-chats.store.js';
import type { LookupMemory } from './lookup-memory.js';
import type { ReachLimits } from './reach-limits.watch.js';
import { ReachWatch, type ReachWatchParts } from './reach-limits.watch.js';
import { isPerson } from './token-attachment.mapper.js';

/** The rules of a connector for first messages. */
export interface ReachSettings {
  /** The number of chats that a session may start within a day; 0 for no limit. */
  readonly newChatsPerDay: number;
  /** Whether to send to anybody even while WhatsApp restricts the account. */
  readonly sendWhileRestricted: boolean;
  /** The interval between queries of whether the account is restricted. */
  readonly restrictionCheckMs: number;
}

export interface ReachParts {
  readonly socket: WASocket;
  readonly keys: SignalKeyStore;
  readonly tokens: ContactTokens;
  readonly lookups: LookupMemory;
  readonly limits: ReachLimits;
  readonly settings: ReachSettings;
  readonly figures: EngineFigures;
  /** Receives the restriction and the quota whenever they change. May not throw. */
  readonly limited: (restriction: AccountRestriction | null, newChats: NewChatQuota | null) => void;
  readonly session: string;
  readonly isOwn: (jid: string) => boolean;
  readonly logger: Logger;
  readonly ended: AbortSignal;
}

const FORBIDDEN = 463;
/** The longest time that a refusal waits for WhatsApp's report about the account. */
const EXPLANATION_LIMIT_MS = 5_000;
/** The longest time that the first message after a login waits for WhatsApp's report about the account. */
const LIMITS_WAIT_MS = 3_000;
/** The longest time that messages to strangers wait after linking for the history, which contains the salt. */
const FIRST_SYNC_WAIT_MS = 5_000;
const UNDER_WAY = 500;

/** The fields of commands with the people whose tokens are sent with the request. */
const PEOPLE_IN: Partial<Record<SocketCommand, string>> = {
  presenceSubscribe: 'toJid',
  profilePictureUrl: 'jid',
  fetchStatus: 'jids',
  groupCreate: 'participants',
  groupParticipantsUpdate: 'participants',
  communityCreateGroup: 'participants',
  communityParticipantsUpdate: 'participants'
};

/** Decides for one connection to whom the account may write, and learns about chats from events. */
export class Reach {
  readonly watch: ReachWatch;
  readonly contacts: ContactLookup;
  private readonly chats: KnownChats;
  private wasLocked: boolean;
  /** Ids of messages that this connection sends: until WhatsApp has accepted one, it does not make the chat known. */
  private readonly underWay = new BoundedCache<string, true>({ max: UNDER_WAY });

  constructor(private readonly parts: ReachParts) {
    const { socket, lookups, limits, settings, logger, ended, tokens } = parts;
    const changed: ReachWatchParts['changed'] = (news, asked) => this.report(news, asked);
    this.watch = new ReachWatch({ socket, limits, intervalMs: settings.restrictionCheckMs, changed, logger, ended });
    this.wasLocked = Boolean(limits.lock);
    this.contacts = new ContactLookup(socket, lookups);
    this.chats = new KnownChats(parts.keys as unknown as ChatRecords);
    socket.ws.on('CB:iq,,props', (iq: BinaryNode) => tokens.switches(iq));
    socket.ws.on('CB:message', (message: BinaryNode) => tokens.learn(message));
    // The tokens are loaded before the resend, which has to read the message first.
    socket.ws.prependListener('CB:receipt,type:retry', (receipt: BinaryNode) => tokens.prepare([receipt.attrs['from'] ?? '']));
  }

  /**
   * Resolves if a message may be sent to a jid. Before anything is sent, throws `NOT_ON_WHATSAPP`, `ACCOUNT_RESTRICTED` with `until`, `RATE_LIMITED` if too
   * many chats were started or too many numbers looked up, and the errors of a look-up. Groups, channels and the account itself are not checked.
   */
  async admit(to: string, id: string): Promise<void> {
    this.underWay.set(id, true);
    const jid = jidNormalizedUser(to);
    if (!isPerson(jid) || this.parts.isOwn(jid)) return;
    const { tokens, settings, figures } = this.parts;
    let jids = await this.jidsOf(jid);
    const isKnown = await this.chats.has(jids);
    if (!isKnown && jids.length === 1) {
      await this.requireSomebody(jid);
      jids = await this.jidsOf(jid);
    }
    await tokens.prepare([jid, ...jids]);
    await this.watch.known(LIMITS_WAIT_MS);
    const { lock, newChats: quota } = this.watch;
    const hasToken = tokens.hasContactToken(jid);
    if (!hasToken) await this.firstSync();
    const admission = admit({ lock, quota, isKnown, hasToken, regardless: settings.sendWhileRestricted });
    if (admission instanceof WabusError) throw this.refused(admission, 'restricted');
    if (admission !== 'new-chat' || settings.newChatsPerDay === 0) return;
    const begun = await this.chats.begin(jids, settings.newChatsPerDay);
    if (!begun.may) throw this.refused(tooManyNewChats(settings.newChatsPerDay, begun.freeAt), 'new-chats');
    figures.newChats += 1;
  }

  /** Makes a chat known because WhatsApp accepted a message to it. */
  confirmed(to: string): void {
    const jid = jidNormalizedUser(to);
    if (isPerson(jid)) this.remember([jid]);
  }

  /** Adds the reason to the error of a send that WhatsApp refused with 463: the account is restricted or lacks the contact's token. Never rejects. */
  async explained(error: WabusError): Promise<WabusError> {
    if (error.code !== 'REFUSED_BY_WHATSAPP' || error.details?.['statusCode'] !== FORBIDDEN) return error;
    await Promise.race([this.watch.refused(), new Promise(resolve => setTimeout(resolve, EXPLANATION_LIMIT_MS).unref())]);
    const { lock } = this.watch;
    const why = lock ? { reason: 'restricted', kind: lock.kind, until: lock.until } : { reason: 'no-token' };
    return new WabusError('REFUSED_BY_WHATSAPP', {
      message: lock
        ? `WhatsApp refused the message: it has restricted this account (${lock.kind})${lock.until ? ` until ${lock.until}` : ''}. Do not repeat it: each attempt counts against the account.`
        : 'WhatsApp refused the message: this contact does not accept messages from the account. Do not repeat it: each attempt counts against the account. Wait until they write first.',
      details: { ...error.details, ...why },
      retryable: error.retryable,
      cause: error
    });
  }

  /** Loads the tokens of the people in a command. */
  async prepare<M extends SocketCommand>(command: M, request: CommandRequest<M>): Promise<void> {
    const field = PEOPLE_IN[command];
    if (field === undefined) return;
    const people = (request as Record<string, unknown>)[field];
    await this.parts.tokens.prepare([people].flat().filter(jid => typeof jid === 'string'));
  }

  /** Looks up the accounts of numbers and LIDs; resolves to one result for each, in order. Throws `INVALID_ARGUMENTS` and the errors of `ContactLookup`. */
  async lookUp(asked: readonly string[]): Promise<ContactLookupResult[]> {
    const subjects = asked.map(subjectOf);
    const found = await this.contacts.find(subjects);
    return asked.map((each, at) => {
      const { exists, jid, lid } = found[at]!;
      return { asked: each, jid: jid ?? lid ?? jidOf(subjects[at]!), exists, lid };
    });
  }

  /** Starts to follow the limits. Call it after the login. */
  opened(): void {
    if (this.watch.lock) this.parts.figures.restricted.add(this.parts.session);
    this.watch.start();
  }

  closed(): void {
    this.parts.figures.restricted.delete(this.parts.session);
  }

  /** Restores the kind of a lock in Baileys' event, since Baileys supports only some kinds. */
  correct(events: Partial<BaileysEventMap>): void {
    const lock = events['connection.update']?.reachoutTimeLock;
    if (lock) Object.assign(lock, { enforcementType: this.watch.lock?.kind ?? lock.enforcementType });
  }

  /** Learns known chats from events. */
  received(events: Partial<BaileysEventMap>): void {
    const written = (events['messages.upsert']?.messages ?? [])
      .filter(({ key }) => !key.fromMe || !this.underWay.has(key.id ?? ''))
      .flatMap(({ key }) => [key.remoteJid, key.remoteJidAlt]);
    const history = (events['messaging-history.set']?.chats ?? []).flatMap(({ id, lidJid, pnJid }) => [id, lidJid, pnJid]);
    this.remember([...written, ...history]);
  }

  /** Reports changed limits. Baileys emits WhatsApp's notifications; for WhatsApp's answers, this method emits the events. */
  private report(news: Partial<ReachLimits>, asked: boolean): void {
    const { figures, session, socket, limits, limited } = this.parts;
    const { lock, newChats } = limits;
    const { wasLocked } = this;
    this.wasLocked = Boolean(lock);
    if (lock) figures.restricted.add(session);
    else figures.restricted.delete(session);
    limited(lock ?? null, newChats ?? null);
    if (!asked) return;
    if (news.newChats) socket.ev.emit('message-capping.update', cappingUpdate(news.newChats));
    // A missing lock is a change only if there was one before.
    if (news.lock === undefined || (!lock && !wasLocked)) return;
    const timeEnforcementEnds = lock?.until ? new Date(lock.until) : undefined;
    const enforcementType = (lock?.kind ?? 'DEFAULT') as ReachoutTimelockEnforcementType;
    socket.ev.emit('connection.update', { reachoutTimeLock: { isActive: Boolean(lock), timeEnforcementEnds, enforcementType } });
  }

  private remember(jids: readonly (string | null | undefined)[]): void {
    const people = jids.flatMap(jid => (jid ? [jidNormalizedUser(jid)] : [])).filter(jid => isPerson(jid) && !this.parts.isOwn(jid));
    if (people.length === 0) return;
    this.chats.add(people).catch((err: unknown) => {
      if (!this.parts.ended.aborted) this.parts.logger.warn({ err }, 'failed to store a known chat');
    });
  }

  /** Resolves to the jid and, if it is stored, the other jid of the same person. */
  private async jidsOf(jid: string): Promise<string[]> {
    const other = await (isLidUser(jid) ? storedNumber : storedLid)(this.parts.keys, jid);
    return other === null ? [jid] : [jid, other];
  }

  /** Resolves once the phone has sent its first history after linking, at the latest after the limit. */
  private async firstSync(): Promise<void> {
    const { socket, ended } = this.parts;
    const creds: AuthenticationCreds & ReachCredentials = socket.authState.creds;
    const isOver = (): boolean => Boolean(creds.nctSalt?.length) || creds.accountSyncCounter !== 0 || ended.aborted;
    if (isOver()) return;
    await new Promise<void>(resolve => {
      const stop = (): void => {
        clearTimeout(limit);
        socket.ev.off('creds.update', look);
        resolve();
      };
      const look = (): void => void (isOver() && stop());
      const limit = setTimeout(stop, FIRST_SYNC_WAIT_MS).unref();
      socket.ev.on('creds.update', look);
    });
  }

  private async requireSomebody(jid: string): Promise<void> {
    const subject = subjectOf(jid);
    const [contact] = await this.contacts.find([subject]);
    const { exists, jid: canonical } = contact!;
    if (!exists) throw this.refused(notOnWhatsApp(jid, null), 'not-on-whatsapp');
    if (canonical !== null && jidNormalizedUser(canonical) !== jid) throw this.refused(notOnWhatsApp(jid, canonical), 'not-on-whatsapp');
  }

  private refused(error: WabusError, reason: string): WabusError {
    this.parts.figures.sendRefused(reason);
    return error;
  }
}

const jidOf = (subject: string): string => (isLidUser(subject) ? subject : `${subject}@s.whatsapp.net`);

/** Returns the digits of a number in any notation, or a LID jid. Throws `INVALID_ARGUMENTS`. */
function subjectOf(asked: string): string {
  if (isLidUser(asked)) return jidNormalizedUser(asked);
  const digits = asked.split('@')[0]!.split(':')[0]!.replace(/\D/g, '');
  if (digits !== '') return digits;
  const what = `${JSON.stringify(asked)} is neither a phone number nor the jid of a phone number`;
  throw new WabusError('INVALID_ARGUMENTS', { message: `phoneNumbers: ${what}.`, details: { fields: { phoneNumbers: [what] } } });
}
