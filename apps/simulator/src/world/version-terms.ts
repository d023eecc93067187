import type { VersionTerms } from '@wabus/testing';

/**
 * Which versions the service accepts. For the sources and their reliability, see docs/simulator.md.
 * - everything up to 2.3000.1042386815 is reported as refused with 405 (wuzapi PR
 *   368, 15 Sep 2026; before it Baileys 2376, wacli 117 and 279, whatsmeow 1164)
 * - linking requires a newer version than login does (Baileys 2679); by how much is not known, so both are the same until a test changes one
 * - the page has another revision than any built-in client version
 */
export const defaultVersions: VersionTerms = {
  oldestVersion: '2.3000.1042386816',
  oldestLinkingVersion: '2.3000.1042386816',
  revision: 1_046_500_000,
  page: 'answers'
};
