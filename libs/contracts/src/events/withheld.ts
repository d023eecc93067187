/**
 * Why a message in `messages.upsert` has no content: `view-once`, seen once and on the phone only; `hosted`, `bot`, for the phone or an assistant only;
 * `other-service`, from a
 * service beside WhatsApp; `unknown-sender` and `malformed`, this release cannot read it; `expired`, older than what the phone is asked for; `absent`, the
 * phone was asked for it.
 */
export type WithheldReason = 'view-once' | 'hosted' | 'bot' | 'other-service' | 'unknown-sender' | 'malformed' | 'expired' | 'absent';

/** The field `withheld` of a message that has no content. */
export interface Withheld {
  reason: WithheldReason;
  /** The content will not arrive: open the chat on the phone. Otherwise it may arrive as another `messages.upsert` with the same key. */
  final: boolean;
}
