import type { AnyMessageContent } from '@whiskeysockets/baileys';

type FieldOf<Union> = Union extends unknown ? keyof Union : never;

/** Fields that only stand in `MEDIA_CONTENTS`. */
type MediaField =
  | 'image'
  | 'video'
  | 'audio'
  | 'sticker'
  | 'document'
  | 'product'
  | 'caption'
  | 'jpegThumbnail'
  | 'gifPlayback'
  | 'ptv'
  | 'ptt'
  | 'seconds'
  | 'isAnimated'
  | 'mimetype'
  | 'fileName'
  | 'width'
  | 'height'
  | 'albumParentKey'
  | 'businessOwnerJid'
  | 'body'
  | 'footer';

/** Kinds of ours, which Baileys does not have. */
type OwnKind = 'pollVote' | 'eventResponse' | 'comment';

/**
 * Every field of a message's content. A kind: what the message is, with the fields that may stand beside it. `null`: a field that only stands beside a kind.
 * A field that an upgrade of Baileys adds does not compile until it is here.
 *
 * Where Baileys puts such a field in a place where nobody reads it, it is left out here: mentions of a poll, for one.
 */
export const CONTENT_FIELDS = {
  text: ['mentions', 'mentionAll', 'linkPreview', 'contextInfo', 'edit', 'viewOnce'],
  location: ['viewOnce'],
  contacts: ['viewOnce'],
  poll: ['viewOnce'],
  event: ['viewOnce'],
  pollVote: [],
  eventResponse: [],
  comment: [],
  react: [],
  pin: ['type', 'time'],
  delete: [],
  forward: ['force'],
  buttonReply: ['type', 'viewOnce'],
  listReply: ['viewOnce'],
  groupInvite: ['viewOnce'],
  album: ['contextInfo', 'mentions', 'mentionAll'],
  sharePhoneNumber: [],
  requestPhoneNumber: ['viewOnce'],
  disappearingMessagesInChat: [],
  limitSharing: [],
  mentions: null,
  mentionAll: null,
  linkPreview: null,
  contextInfo: null,
  edit: null,
  viewOnce: null,
  type: null,
  time: null,
  force: null
} as const satisfies Record<Exclude<FieldOf<AnyMessageContent>, MediaField> | OwnKind, readonly string[] | null>;

type Table = typeof CONTENT_FIELDS;
export type ContentField = keyof Table;
/** What a message can be. */
export type ContentKind = { [F in ContentField]: Table[F] extends null ? never : F }[ContentField];

export const CONTENT_KINDS = (Object.keys(CONTENT_FIELDS) as ContentField[]).filter(
  (field): field is ContentKind => CONTENT_FIELDS[field] !== null
);

/** The kinds that a content has: exactly one when it is valid. */
export function kindsOf(content: object): ContentKind[] {
  const given = (field: string): boolean => {
    const value = Object.hasOwn(content, field) ? (content as Record<string, unknown>)[field] : undefined;
    return value !== undefined && value !== null;
  };
  return CONTENT_KINDS.filter(given);
}

/** The kinds that a field may stand beside. */
export function kindsBeside(field: string): ContentKind[] {
  return CONTENT_KINDS.filter(kind => (CONTENT_FIELDS[kind] as readonly string[]).includes(field));
}
