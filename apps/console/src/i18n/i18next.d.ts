import 'i18next';
import type { english } from './english.js';

declare module 'i18next' {
  /** Keys of texts are checked by the compiler. */
  interface CustomTypeOptions {
    resources: { translation: typeof english };
    enableSelector: false;
  }
}
