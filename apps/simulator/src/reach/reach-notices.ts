import { proto } from '@whiskeysockets/baileys';
import type { Account } from '../accounts/account.js';
import { mutateFromPhone } from '../app-state/phone-mutation.js';
import { element } from '../stanza/stanza.js';
import { mexNotification } from '../stimuli/newsletters.stimuli.js';
import type { World } from '../world/world.js';
import { saltOf, tokenElement } from './token.codec.js';

/** Returns the account's lock in the form of a query's response; times are seconds as text (whatsmeow 1197, raw log). */
export function lockAnswer({ reach: { lock } }: Account): object {
  return lock === null
    ? { is_active: false, time_enforcement_ends: '0', enforcement_type: 'DEFAULT' }
    : { is_active: true, time_enforcement_ends: String(Math.floor(lock.until / 1_000)), enforcement_type: lock.kind };
}

/** Returns the account's quota of new chats in the form of a query's response (whatsapp-rust c1c78417, WAHA PR 2186). */
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

/** Notifies the linked devices of the account's lock. */
export function announceLock(world: World, account: Account): void {
  const answer = account.reach.lock === null ? { is_active: false } : lockAnswer(account);
  world.deliverToAll(account, mexNotification('NotificationUserReachoutTimelockUpdate', { xwa2_notify_account_reachout_timelock: answer }));
}

/** Notifies the linked devices of the number of chats that the account may still begin. */
export function announceQuota(world: World, account: Account): void {
  const data = { xwa2_notify_new_chat_messages_capping_info_update: quotaAnswer(account) };
  world.deliverToAll(account, mexNotification('MessageCappingInfoNotification', data));
}

/** Returns whether the account has a salt: its own setting, or else the terms of the world. */
export function hasSalt(world: World, { reach, phoneNumber }: Account): boolean {
  const { salts } = world.settings.reach;
  return reach.hasSalt ?? (salts === 'all' || (salts === 'even' && Number(phoneNumber.at(-1)) % 2 === 0));
}

/** Shares the salt with the phone's companions, or revokes it: the app-state record `nct_salt_sync`. */
export async function announceSalt(world: World, account: Account): Promise<void> {
  const given = hasSalt(world, account);
  const action = proto.SyncActionValue.fromObject({ timestamp: Date.now() });
  // Field 80, which Baileys' protobuf lacks; our patch of it writes the field. fromObject of the record accepts an instance unchanged.
  if (given) Object.assign(action, { nctSaltSyncAction: { salt: saltOf(account) } });
  await mutateFromPhone(world, account, { collection: 'regular_high', index: ['nct_salt_sync'], action, remove: !given });
}

/** Sends the token of `issuer` to the linked devices of `holder`, as a notification. */
export function issueToken(world: World, issuer: Account, holder: Account, t = Math.floor(Date.now() / 1_000)): void {
  const token = tokenElement('token', { jid: holder.jid('lid'), type: 'trusted_contact' }, { issuer, holder, t });
  const attrs = { from: issuer.jid('pn'), sender_lid: issuer.jid('lid'), type: 'privacy_token' };
  world.deliverToAll(holder, element('notification', attrs, [element('tokens', {}, [token])]));
}
