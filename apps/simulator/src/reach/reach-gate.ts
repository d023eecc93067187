import type { Account, Device } from '../accounts/account.js';
import { splitJid } from '../accounts/jid.js';
import { child, children, stanzaBytes, type Stanza } from '../stanza/stanza.js';
import type { World } from '../world/world.js';
import { announceLock, announceQuota, hasSalt } from './reach-notices.js';
import { isContactToken, strangerToken } from './token.codec.js';

/** The kind of a lock after messages to nobody (Baileys 2441). Its duration is not known; other locks last some days (whatsmeow 1197). */
const LOCK_KIND = 'RESTRICT_ALL_COMPANIONS';
const LOCK_MS = 6 * 24 * 3_600_000;

/** Decides to whom the service lets an account write. */
export class ReachGate {
  constructor(private readonly world: World) {}

  /**
   * Returns the `error` with which the service refuses a message of a linked device;
   * `undefined` if it accepts the message. The attempt counts in both cases.
   * - 463: the account is locked and does not have the receiver's token, or a
   *   token is wrong or missing (Baileys 2441, WAHA 1992, whatsapp-rust PR 433)
   * - 479: tokens on messages to the own devices (zapo f965224)
   * - 463 beyond the quota is a guess: nobody has reported what a capped account gets
   */
  judge({ account }: Device, stanza: Stanza): string | undefined {
    const { to, category } = stanza.attrs;
    if (category === 'peer') return child(stanza, 'tctoken') || child(stanza, 'cstoken') ? '479' : undefined;
    const receiver = this.world.accounts.resolve(to)?.account;
    if (!receiver) {
      if (splitJid(to)) this.wroteToNobody(account);
      return undefined;
    }
    if (receiver === account) return undefined;
    // A message that is resent to one device counts only as a resend.
    if (stanza.attrs['device_fanout'] === 'false') return this.note(account, 'resend', this.tokenIn(account, receiver, stanza) !== 'none');
    const token = this.tokenIn(account, receiver, stanza);
    this.note(account, 'message', token !== 'none' && token !== 'wrong');
    const { reach } = account;
    const isNew = !reach.acquainted.has(receiver);
    const mayWrite =
      token === 'contact' ||
      (token !== 'wrong' &&
        reach.lock === null &&
        (token === 'stranger' || !hasSalt(this.world, account)) &&
        !(isNew && reach.quotaState === 'CAPPED'));
    if (!mayWrite) {
      reach.refused += 1;
      return '463';
    }
    if (isNew) this.beginChat(account, receiver);
    return undefined;
  }

  private tokenIn(author: Account, receiver: Account, stanza: Stanza): 'contact' | 'stranger' | 'wrong' | 'none' {
    const known = stanzaBytes(child(stanza, 'tctoken'));
    if (known) return isContactToken(known, receiver, author) ? 'contact' : 'wrong';
    const other = stanzaBytes(child(stanza, 'cstoken'));
    if (!other) return 'none';
    return hasSalt(this.world, author) && strangerToken(author, receiver).equals(other) ? 'stranger' : 'wrong';
  }

  private note(account: Account, request: string, counts: boolean): undefined {
    account.reach.tally(request, counts);
    return undefined;
  }

  private beginChat(account: Account, receiver: Account): void {
    const { reach } = account;
    const before = reach.quotaState;
    reach.acquainted.add(receiver);
    reach.quota.used += 1;
    if (reach.quotaState !== before) announceQuota(this.world, account);
  }

  private wroteToNobody(account: Account): void {
    const { reach } = account;
    reach.toNobody += 1;
    const limit = this.world.settings.reach.nobodyUntilLock;
    if (limit === 0 || reach.toNobody < limit || reach.lock !== null) return;
    reach.lock = { kind: LOCK_KIND, until: Date.now() + LOCK_MS };
    announceLock(this.world, account);
  }
}

/** Counts a request about another account with which the official client sends a token; `holder` may have a child `<tctoken>`, `<token>` or `<cstoken>`. */
export function noteToken(account: Account, request: string, about: Account | undefined, holder: Stanza | undefined): void {
  if (!about || about === account) return;
  const [token] = children(holder).filter(({ tag }) => tag === 'tctoken' || tag === 'token' || tag === 'cstoken');
  const bytes = stanzaBytes(token);
  const counts =
    bytes !== undefined && (token!.tag === 'cstoken' ? strangerToken(account, about).equals(bytes) : isContactToken(bytes, about, account));
  account.reach.tally(request, counts);
}
