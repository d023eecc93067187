import 'i18next';
import type { english } from './english.js';

declare module 'i18next' {
  /** Lets the compiler check the keys of texts. */
  interface CustomTypeOptions {
    resources: { translation: typeof english };
    enableSelector: false;
  }
}
