import type { VersionTerms } from '@wabus/testing';

/**
 * Which versions the service takes. Sources and how sure they are: docs/simulator.md.
 * - everything up to 2.3000.1042386815 is reported as refused with 405 (wuzapi PR 368, 15 Sep 2026; before it Baileys 2376, wacli 117 and 279, whatsmeow 1164)
 * - linking ends earlier than logins do (Baileys 2679); by how much is not known, so both are the same until a test moves one
 * - the page is at another revision than any client that is built in
 */
export const defaultVersions: VersionTerms = {
  oldestVersion: '2.3000.1042386816',
  oldestLinkingVersion: '2.3000.1042386816',
  revision: 1_046_500_000,
  page: 'answers'
};
