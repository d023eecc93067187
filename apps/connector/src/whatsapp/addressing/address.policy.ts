import type { Addressing } from '@wabus/contracts';

/** The kind of jids in the stanza of a direct message: LIDs or phone numbers. One stanza never contains both (whatsapp-rust PR 731). */
export type Namespace = 'lid' | 'pn';

/** Returns the namespace for a setting. `migrated` is whether WhatsApp has reported that the account's direct chats moved to LIDs. */
export function namespaceOf(addressing: Addressing, migrated: boolean): Namespace {
  if (addressing !== 'auto') return addressing;
  return migrated ? 'lid' : 'pn';
}

/** The known jids of the contact that a caller specified, without device parts. */
export interface KnownContact {
  /** The jid that the caller specified. */
  readonly given: string;
  readonly givenAs: Namespace;
  /** The jid of the same contact in the other namespace. */
  readonly other: string | null;
  /** For a LID: the current LID of its number. */
  readonly currentLid: string | null;
}

/** The address of a direct message, or the reason why there is none. */
export type Address =
  | { readonly kind: 'known'; readonly jid: string; readonly other: string | null }
  /** The required namespace has no known jid of the contact. */
  | { readonly kind: 'missing'; readonly namespace: Namespace }
  /** The number of this LID now belongs to another account. */
  | { readonly kind: 'replaced'; readonly by: string };

/**
 * Returns the address of a contact in a namespace. A LID whose number has a new LID is used in neither namespace: messages to the new account reportedly lead
 * to restrictions (Baileys PR 2661).
 */
export function addressOf(namespace: Namespace, { given, givenAs, other, currentLid }: KnownContact): Address {
  if (givenAs === 'lid' && currentLid !== null && currentLid !== given) return { kind: 'replaced', by: currentLid };
  if (givenAs === namespace) return { kind: 'known', jid: given, other };
  return other === null ? { kind: 'missing', namespace } : { kind: 'known', jid: other, other: given };
}
