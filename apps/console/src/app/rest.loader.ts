import { addPageTexts } from '../i18n/page-texts.js';

/**
 * Loads a part of the console that the list of sessions does without, and with it what all such parts need: the styles of every component, and the texts of
 * every page.
 */
export function withRest<Part>(load: () => Promise<Part>): () => Promise<Part> {
  return async () => {
    const [part] = await Promise.all([load(), import('./all-styles.js'), addPageTexts()]);
    return part;
  };
}
