import type { english } from './english.js';

/** A table of texts in another language: the keys of the English one, no more and no fewer. */
export type Translated<Texts> = { readonly [Key in keyof Texts]: Texts[Key] extends string ? string : Translated<Texts[Key]> };

type English = typeof english;
export type RoomName = keyof English;

/** Every text of the console in another language. */
export type Translation = { readonly [Name in RoomName]: Translated<English[Name]> };
