import { contentWords } from '@wabus/contracts';
import type { ModelRecord } from '../projection/model.types.js';

/** Accents of European letters, points of Hebrew and Arabic. Marks of other scripts are vowels and tones, without which a word is another one. */
const MARKS =
  /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0640\u064b-\u065f\u0670]/gu;
/** Letters that Unicode does not take apart, and what people type in their place. */
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
 * A text as a search compares it: without case and accents, and the same in each of Unicode's normal forms; wide and ligated letters count as plain ones.
 * It follows no language, so a query finds the same for everybody. A text of marks only stays.
 */
export function folded(text: string): string {
  if (IS_ASCII.test(text)) return text.toLowerCase();
  // Twice: small letters may have parts that their capital does not have.
  const plain = text.normalize('NFKD').toLowerCase().normalize('NFKD').replace(MARKS, '');
  const letters = plain.replace(LETTER, letter => LETTERS[letter]!);
  return letters === '' ? text.toLowerCase() : letters.normalize('NFC');
}

/** Whether any of the texts holds what is looked for. */
export type TextMatch = (...texts: (string | null)[]) => boolean;

/** What compares with a query; `null` matches everything. */
export function searchMatcher(query: string | null): TextMatch {
  if (query === null) return () => true;
  const wanted = folded(query);
  return (...texts) => texts.some(text => text !== null && folded(text).includes(wanted));
}

/** Whether a stored message holds what is looked for: in its text, or in anything else that people read of it. */
export function matchesMessage(fits: TextMatch, { data, message }: ModelRecord): boolean {
  return fits(message!.text) || (message!.revokedAt === null && fits(...contentWords(data['message'])));
}
