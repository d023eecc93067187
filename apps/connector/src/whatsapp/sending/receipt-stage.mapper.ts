import type { MessageStage } from '@wabus/contracts';
import type { BaileysEventMap, proto, WAMessage } from '@whiskeysockets/baileys';

/** The delivery, reading or playing of a sent message by a receiver. */
export interface ReceiptStep {
  readonly id: string;
  readonly stage: MessageStage;
  /** The time that WhatsApp reports, in milliseconds since 1970; `null` if there is none. */
  readonly at: number | null;
  /** The receiver, if there are several. */
  readonly participant?: string;
}

/** The stages by `WebMessageInfo.Status` of WhatsApp's protocol, from the first status that only a receipt causes. */
const STAGES: Readonly<Record<number, MessageStage>> = { 3: 'delivered', 4: 'read', 5: 'played' };

/**
 * Returns the receipts among the events of a socket, for messages that this account sent. `isMe` excludes the account itself: its other devices confirm group
 * messages too, and Baileys reports these receipts as reads. In groups, Baileys reports "played" as "read". While Baileys buffers events, it adds receipts to
 * the message itself.
 */
export function receiptSteps(events: Partial<BaileysEventMap>, isMe: (jid: string) => boolean): ReceiptStep[] {
  return [
    ...(events['messages.upsert']?.messages ?? []).flatMap(message => [
      ...ofStatus(message.key, message.status, null),
      ...(message.userReceipt ?? []).flatMap(receipt => ofMember(message.key, receipt, isMe))
    ]),
    ...(events['messages.update'] ?? []).flatMap(({ key, update }) => ofStatus(key, update.status, update.messageTimestamp)),
    ...(events['message-receipt.update'] ?? []).flatMap(({ key, receipt }) => ofMember(key, receipt, isMe))
  ];
}

function ofStatus({ id, fromMe }: WAMessage['key'], status: number | null | undefined, seconds: Seconds): ReceiptStep[] {
  const stage = STAGES[status ?? -1];
  return fromMe && id && stage ? [{ id, stage, at: milliseconds(seconds) }] : [];
}

function ofMember({ id, fromMe }: WAMessage['key'], receipt: proto.IUserReceipt, isMe: (jid: string) => boolean): ReceiptStep[] {
  const { userJid: participant, receiptTimestamp, readTimestamp } = receipt;
  if (!fromMe || !id || !participant || isMe(participant)) return [];
  return [
    ...(receiptTimestamp ? [{ id, participant, stage: 'delivered' as const, at: milliseconds(receiptTimestamp) }] : []),
    ...(readTimestamp ? [{ id, participant, stage: 'read' as const, at: milliseconds(readTimestamp) }] : [])
  ];
}

type Seconds = WAMessage['messageTimestamp'] | null;

function milliseconds(seconds: Seconds): number | null {
  const number = Number(seconds ?? 0);
  return Number.isFinite(number) && number > 0 ? number * 1_000 : null;
}
