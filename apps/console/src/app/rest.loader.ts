import { addPageTexts } from '../i18n/page-texts.js';

/** Wraps the loader of a part that the list of sessions does not need. The loader also loads what all such parts need: the styles of all components and the texts of all pages. */
export function withRest<Part>(load: () => Promise<Part>): () => Promise<Part> {
  return async () => {
    const [part] = await Promise.all([load(), import('./all-styles.js'), addPageTexts()]);
    return part;
  };
}
