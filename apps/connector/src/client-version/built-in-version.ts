import type { WhatsAppVersion } from '@wabus/contracts';

/**
 * The version of WhatsApp Web that this release presents when it knows no newer one, and when WhatsApp published it.
 * The date lies between whatsmeow's 1043636855 (22 July) and 1044142122 (30 July). `node tools/release/client-version.mjs` says when it is too old for a release.
 */
export const BUILT_IN_VERSION: { readonly version: WhatsAppVersion; readonly publishedAt: string } = {
  version: [2, 3000, 1_043_857_760],
  publishedAt: '2026-07-26'
};
