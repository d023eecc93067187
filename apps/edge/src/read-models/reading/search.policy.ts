import { contentWords } from '@wabus/contracts';
import type { ModelRecord } from '../projection/model.types.js';

/** Accents of European letters, points of Hebrew and Arabic. Marks of other scripts are vowels and tones, without which a word becomes another one. */
const MARKS =
  /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0640\u064b-\u065f\u0670]/gu;
/** Letters that Unicode does not decompose, and the letters that people type instead. */
const LETTERS: Readonly<Record<string, string>> = {
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  ħ: 'h',
  ŧ: 't',
  ı: 'i',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ς: 'σ'
};
const LETTER = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'gu');
const IS_ASCII = /^[\x20-\x7e]*$/;

/**
 * Returns a text in the form that a search compares: without case and accents, and equal for all of Unicode's normal forms; wide letters and ligatures become
 * plain letters. It depends on no language, so a query has the same results for everyone. A text that consists of marks only is kept.
 */
export function folded(text: string): string {
  if (IS_ASCII.test(text)) return text.toLowerCase();
  // Normalized twice, because a lower-case letter may have marks that its capital does not have.
  const plain = text.normalize('NFKD').toLowerCase().normalize('NFKD').replace(MARKS, '');
  const letters = plain.replace(LETTER, letter => LETTERS[letter]!);
  return letters === '' ? text.toLowerCase() : letters.normalize('NFC');
}

/** Returns whether any of the texts contains the query. */
export type TextMatch = (...texts: (string | null)[]) => boolean;

/** Returns a matcher for a query; `null` matches everything. */
export function searchMatcher(query: string | null): TextMatch {
  if (query === null) return () => true;
  const wanted = folded(query);
  return (...texts) => texts.some(text => text !== null && folded(text).includes(wanted));
}

/** Returns whether a stored message matches, by its text or by other visible content. */
export function matchesMessage(fits: TextMatch, { data, message }: ModelRecord): boolean {
  return fits(message!.text) || (message!.revokedAt === null && fits(...contentWords(data['message'])));
}
