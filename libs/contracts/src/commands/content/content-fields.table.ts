import type { AnyMessageContent } from '@whiskeysockets/baileys';

type FieldOf<Union> = Union extends unknown ? keyof Union : never;

/** The fields that only `MEDIA_CONTENTS` has. */
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

/** The kinds that Wabus adds to those of Baileys. */
type OwnKind = 'pollVote' | 'eventResponse' | 'comment';

/**
 * All fields of a message's content. The name of a kind has the list of fields that may be combined with it; a field that is only combined with a kind has
 * `null`. When an upgrade of Baileys adds a field, the code does not compile until the table has it.
 *
 * Some combinations are missing because Baileys puts the field where no client reads it, such as mentions in a poll.
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
/** The kinds of messages. */
export type ContentKind = { [F in ContentField]: Table[F] extends null ? never : F }[ContentField];

export const CONTENT_KINDS = (Object.keys(CONTENT_FIELDS) as ContentField[]).filter(
  (field): field is ContentKind => CONTENT_FIELDS[field] !== null
);

/** Returns the kinds that a content has: exactly one if the content is valid. */
export function kindsOf(content: object): ContentKind[] {
  const given = (field: string): boolean => {
    const value = Object.hasOwn(content, field) ? (content as Record<string, unknown>)[field] : undefined;
    return value !== undefined && value !== null;
  };
  return CONTENT_KINDS.filter(given);
}

/** Returns the kinds that a field may be combined with. */
export function kindsBeside(field: string): ContentKind[] {
  return CONTENT_KINDS.filter(kind => (CONTENT_FIELDS[kind] as readonly string[]).includes(field));
}
