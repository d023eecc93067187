import type { Addressing } from '@wabus/contracts';

/** What the jids of one direct message are: LIDs, or numbers. Never both in one stanza (whatsapp-rust PR 731). */
export type Namespace = 'lid' | 'pn';

/** `migrated`: WhatsApp has moved the direct chats of the account to LIDs, as far as it said. */
export function namespaceOf(addressing: Addressing, migrated: boolean): Namespace {
  if (addressing !== 'auto') return addressing;
  return migrated ? 'lid' : 'pn';
}

/** What the session knows of the contact that a caller named. Jids without a device. */
export interface KnownContact {
  /** As the caller wrote it. */
  readonly given: string;
  readonly givenAs: Namespace;
  /** The jid of the same contact in the other namespace. */
  readonly other: string | null;
  /** For a LID: the one that its number has now. */
  readonly currentLid: string | null;
}

/** Where a direct message goes. */
export type Address =
  | { readonly kind: 'known'; readonly jid: string; readonly other: string | null }
  /** The namespace that must be used has no jid of the contact. */
  | { readonly kind: 'missing'; readonly namespace: Namespace }
  /** The number of this LID belongs to another account by now. */
  | { readonly kind: 'replaced'; readonly by: string };

/** A LID whose number has another one is used in neither namespace: what follows it is said to lead to restrictions (Baileys PR 2661). */
export function addressOf(namespace: Namespace, { given, givenAs, other, currentLid }: KnownContact): Address {
  if (givenAs === 'lid' && currentLid !== null && currentLid !== given) return { kind: 'replaced', by: currentLid };
  if (givenAs === namespace) return { kind: 'known', jid: given, other };
  return other === null ? { kind: 'missing', namespace } : { kind: 'known', jid: other, other: given };
}
