/**
 * Why a message in `messages.upsert` has no content.
 *
 * - `view-once`: the message can be opened only once, and only on the phone.
 * - `hosted`, `bot`: the message is only for the phone or for an assistant.
 * - `other-service`: the message comes from another service that exchanges messages with WhatsApp.
 * - `unknown-sender`, `malformed`: this release cannot read the message.
 * - `expired`: the message is too old to request it from the phone.
 * - `absent`: Wabus has requested the message from the phone.
 */
export type WithheldReason = 'view-once' | 'hosted' | 'bot' | 'other-service' | 'unknown-sender' | 'malformed' | 'expired' | 'absent';

/** The field `withheld` of a message that has no content. */
export interface Withheld {
  reason: WithheldReason;
  /**
   * Whether the content will never arrive, so that it can only be read on the phone. If `false`, it may arrive in another `messages.upsert` with the same key.
   */
  final: boolean;
}
