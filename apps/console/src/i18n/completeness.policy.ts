import type { TextTable } from './plural-forms.policy.js';

/** Returns the faults of a translation, one line each that names the key; none if the translation is complete. */
export function translationFaults(english: TextTable, other: TextTable, mayBeEnglish: ReadonlySet<string>): string[] {
  const source = flat(english);
  const translated = flat(other);
  const missing = [...source.keys()].filter(key => !translated.has(key)).map(key => `${key}: missing`);
  const surplus = [...translated.keys()].filter(key => !source.has(key)).map(key => `${key}: not in English`);
  const wrong = [...source].flatMap(([key, text]) => {
    const found = translated.get(key);
    return found === undefined ? [] : faultsOf(text, found, mayBeEnglish).map(fault => `${key}: ${fault}`);
  });
  return [...missing, ...surplus, ...wrong];
}

function faultsOf(english: string, text: string, mayBeEnglish: ReadonlySet<string>): string[] {
  if (text.trim() === '') return ['empty'];
  const [expected, found] = [partsOf(english), partsOf(text)];
  return [
    ...expected.filter(part => !found.includes(part)).map(part => `lacks ${part}`),
    ...found.filter(part => !expected.includes(part)).map(part => `has ${part} in excess`),
    ...(text === english && /\p{L}/u.test(text.replace(PARTS, '')) && !mayBeEnglish.has(text) ? ['still English'] : [])
  ];
}

const PARTS = /\{\{[^{}]*\}\}|`[^`]*`/g;

/** Returns the parts that a translation must keep: placeholders, and code between backticks. */
function partsOf(text: string): string[] {
  return [...new Set(text.match(PARTS) ?? [])];
}

function flat(texts: TextTable, above = ''): Map<string, string> {
  return new Map(
    Object.entries(texts).flatMap(([key, value]) =>
      typeof value === 'string' ? [[`${above}${key}`, value] as const] : [...flat(value, `${above}${key}.`)]
    )
  );
}
