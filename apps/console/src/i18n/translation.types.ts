import type { english } from './english.js';

/** A translated table of texts: it has exactly the keys of the English one. */
export type Translated<Texts> = { readonly [Key in keyof Texts]: Texts[Key] extends string ? string : Translated<Texts[Key]> };

type English = typeof english;
export type RoomName = keyof English;

/** Every text of the console in a language other than English. */
export type Translation = { readonly [Name in RoomName]: Translated<English[Name]> };
