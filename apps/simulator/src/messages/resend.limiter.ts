import type { ResendReport, ResendTerms } from '@wabus/testing';
import type { Account, Device } from '../accounts/account.js';
import { loginRefusal } from '../connection/login-refusal.table.js';
import { children, element, type Stanza } from '../stanza/stanza.js';
import { worldSlot } from '../world/world-slot.js';

/** Number of ids stored per device, to recognize resent messages. */
const REMEMBERED_IDS = 1_000;
const LOCKED = 403;

/** The counters of one account. */
interface Resends {
  resends: number;
  toAll: number;
  most: number;
  locked: boolean;
}

/**
 * Counts the messages that linked devices resend, by chat. Beyond the limit the service locks the account: the
 * stream ends with `<failure reason="403" location="vll">`, and so does every login after it. Observed after 36,374
 * resends in 66 hours, 99.4% of them to one group, 9 to 25 a minute (whatsapp-rust PR 870, PR 871). How much the
 * service really permits is not known: the simulator counts by chat, regardless of the requester and of `count`.
 */
class ResendLimit {
  readonly terms: ResendTerms = { perChat: 40, windowMs: 60_000 };
  private readonly accounts = new WeakMap<Account, Resends>();
  private readonly sentIds = new WeakMap<Device, Set<string>>();
  /** The times of resends within the window, by device and chat. */
  private readonly recent = new WeakMap<Device, Map<string, number[]>>();

  /** Counts a message from a device. Returns whether its account is locked, by this message or already, so that its messages are dropped. */
  note(author: Device, stanza: Stanza): boolean {
    const { account } = author;
    const known = this.of(account);
    if (!known.locked && this.isAgain(author, stanza)) {
      known.resends++;
      if (isForAll(stanza)) known.toAll++;
      const inWindow = this.inWindow(author, chatOf(stanza));
      known.most = Math.max(known.most, inWindow);
      if (inWindow > this.terms.perChat) this.lock(account);
    }
    return known.locked;
  }

  isLocked(account: Account | undefined): boolean {
    return account !== undefined && (this.accounts.get(account)?.locked ?? false);
  }

  report(account: Account): ResendReport {
    const { resends, toAll, most, locked } = this.of(account);
    return { resends, toAll, most, locked };
  }

  /** Ends a lock, as after an appeal; counting starts again. */
  unlock(account: Account): void {
    this.accounts.delete(account);
    for (const device of account.companions()) this.recent.delete(device);
  }

  private lock(account: Account): void {
    this.of(account).locked = true;
    for (const device of account.companions()) device.wire?.close(element('failure', loginRefusal(LOCKED, false)));
  }

  private of(account: Account): Resends {
    const known = this.accounts.get(account) ?? { resends: 0, toAll: 0, most: 0, locked: false };
    this.accounts.set(account, known);
    return known;
  }

  private isAgain(author: Device, stanza: Stanza): boolean {
    const { id = '' } = stanza.attrs;
    const ids = this.sentIds.get(author) ?? new Set<string>();
    this.sentIds.set(author, ids);
    const again = ids.has(id) || isForOne(stanza);
    ids.add(id);
    if (ids.size > REMEMBERED_IDS) for (const oldest of ids) return ids.delete(oldest) && again;
    return again;
  }

  private inWindow(author: Device, chat: string): number {
    const chats = this.recent.get(author) ?? new Map<string, number[]>();
    this.recent.set(author, chats);
    const now = Date.now();
    const times = (chats.get(chat) ?? []).filter(time => time > now - this.terms.windowMs);
    times.push(now);
    chats.set(chat, times);
    return times.length;
  }
}

/** The resend limit of a world. */
export const resendLimitOf = worldSlot(() => new ResendLimit());

/** Matches a message that is resent to one device on request: `count` on the ciphertext, and the receiver (whatsmeow retry.go). */
function isForOne(stanza: Stanza): boolean {
  return children(stanza, 'enc').some(({ attrs }) => attrs['count'] !== undefined);
}

/** Matches a group message without a single receiver. */
function isForAll({ attrs }: Stanza): boolean {
  return attrs['to']?.endsWith('@g.us') === true && attrs['participant'] === undefined;
}

/** Returns the chat, which is the same for all devices of a contact and for the own devices that request a message. */
function chatOf({ attrs }: Stanza): string {
  return (attrs['recipient'] ?? attrs['to'] ?? '').replace(/:\d+@/, '@');
}
