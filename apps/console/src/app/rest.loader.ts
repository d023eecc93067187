import { addPageTexts } from '../i18n/page-texts.js';

/**
 * Wraps the loader of a component that the list of sessions does not need. The wrapped loader also loads the styles of all components and the
 * texts of all pages, which all such components need.
 */
export function withRest<Part>(load: () => Promise<Part>): () => Promise<Part> {
  return async () => {
    const [part] = await Promise.all([load(), import('./all-styles.js'), addPageTexts()]);
    return part;
  };
}
