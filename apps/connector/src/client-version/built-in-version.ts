import type { WhatsAppVersion } from '@wabus/contracts';

/**
 * The version of WhatsApp Web that this release presents unless a newer one is known, and the date on which WhatsApp published it.
 * The date lies between whatsmeow's 1043636855 (22 July) and 1044142122 (30 July).
 * `npm run release` replaces both with the current version, and refuses to release one that is too old.
 */
export const BUILT_IN_VERSION: { readonly version: WhatsAppVersion; readonly publishedAt: string } = {
  version: [2, 3000, 1_043_857_760],
  publishedAt: '2026-07-26'
};
