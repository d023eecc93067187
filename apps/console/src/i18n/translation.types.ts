import type { english } from './english.js';
import type { PENDING_ROOMS } from './pending-rooms.table.js';

/** A table of texts in another language: the keys of the English one, no more and no fewer. */
export type Translated<Texts> = { readonly [Key in keyof Texts]: Texts[Key] extends string ? string : Translated<Texts[Key]> };

type English = typeof english;
export type RoomName = keyof English;
type PendingRoom = (typeof PENDING_ROOMS)[number];

/** Every text of the console in another language. Rooms that are pending may be left out: they are shown in English. */
export type Translation = { readonly [Name in Exclude<RoomName, PendingRoom>]: Translated<English[Name]> } & {
  readonly [Name in PendingRoom]?: Translated<English[Name]>;
};
