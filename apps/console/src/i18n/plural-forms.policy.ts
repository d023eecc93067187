/** A table of texts, which may contain further tables. */
export interface TextTable {
  readonly [key: string]: string | TextTable;
}

const OTHER = '_other';

/**
 * Adds the plural form `many` where it is missing. Portuguese and Spanish use it only for whole millions, so translators need not write it, but
 * without it such a count would be shown in English.
 */
export function withManyForms(texts: TextTable): TextTable {
  const added: Record<string, string | TextTable> = {};
  for (const [key, text] of Object.entries(texts)) {
    added[key] = typeof text === 'string' ? text : withManyForms(text);
    if (key.endsWith(OTHER)) added[`${key.slice(0, -OTHER.length)}_many`] ??= text;
  }
  return added;
}
