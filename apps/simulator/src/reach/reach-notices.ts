import { proto } from '@whiskeysockets/baileys';
import type { Account } from '../accounts/account.js';
import { mutateFromPhone } from '../app-state/phone-mutation.js';
import { element } from '../stanza/stanza.js';
import { mexNotification } from '../stimuli/newsletters.stimuli.js';
import type { World } from '../world/world.js';
import { saltOf, tokenElement } from './token.codec.js';

/** The account's lock as a query answers it; times are seconds as text (whatsmeow 1197, raw log). */
export function lockAnswer({ reach: { lock } }: Account): object {
  return lock === null
    ? { is_active: false, time_enforcement_ends: '0', enforcement_type: 'DEFAULT' }
    : { is_active: true, time_enforcement_ends: String(Math.floor(lock.until / 1_000)), enforcement_type: lock.kind };
}

/** The account's quota of new chats as a query answers it (whatsapp-rust c1c78417, WAHA PR 2186). */
export function quotaAnswer({ reach }: Account): object {
  return {
    total_quota: reach.quota.total,
    used_quota: reach.quota.used,
    cycle_end_timestamp: String(Math.floor(reach.quota.cycleEnds / 1_000)),
    capping_status: reach.quotaState,
    ote_status: 'NOT_ELIGIBLE',
    mv_status: 'NOT_ELIGIBLE'
  };
}

/** Tells the linked devices of the account's lock. */
export function announceLock(world: World, account: Account): void {
  const answer = account.reach.lock === null ? { is_active: false } : lockAnswer(account);
  world.deliverToAll(account, mexNotification('NotificationUserReachoutTimelockUpdate', { xwa2_notify_account_reachout_timelock: answer }));
}

/** Tells the linked devices how many chats the account may still begin. */
export function announceQuota(world: World, account: Account): void {
  const data = { xwa2_notify_new_chat_messages_capping_info_update: quotaAnswer(account) };
  world.deliverToAll(account, mexNotification('MessageCappingInfoNotification', data));
}

/** Whether the account has a salt: as set, else as the world's terms say. */
export function hasSalt(world: World, { reach, phoneNumber }: Account): boolean {
  const { salts } = world.settings.reach;
  return reach.hasSalt ?? (salts === 'all' || (salts === 'even' && Number(phoneNumber.at(-1)) % 2 === 0));
}

/** The phone shares the salt with its companions, or takes it back: the app-state record `nct_salt_sync`. */
export async function announceSalt(world: World, account: Account): Promise<void> {
  const given = hasSalt(world, account);
  const action = proto.SyncActionValue.fromObject({ timestamp: Date.now() });
  // Field 80, which Baileys' protobuf lacks; our patch of it writes this. fromObject of the record takes an instance as it is.
  if (given) Object.assign(action, { nctSaltSyncAction: { salt: saltOf(account) } });
  await mutateFromPhone(world, account, { collection: 'regular_high', index: ['nct_salt_sync'], action, remove: !given });
}

/** Hands the token of `issuer` to the linked devices of `holder`, as a notification. */
export function issueToken(world: World, issuer: Account, holder: Account, t = Math.floor(Date.now() / 1_000)): void {
  const token = tokenElement('token', { jid: holder.jid('lid'), type: 'trusted_contact' }, { issuer, holder, t });
  const attrs = { from: issuer.jid('pn'), sender_lid: issuer.jid('lid'), type: 'privacy_token' };
  world.deliverToAll(holder, element('notification', attrs, [element('tokens', {}, [token])]));
}
