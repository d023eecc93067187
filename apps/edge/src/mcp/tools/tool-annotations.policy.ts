import type { CommandRow } from '@wabus/contracts';

/** What a client may show or ask before it calls a tool (MCP, "tool annotations"). Hints for people: nothing is permitted or refused by them. */
export interface ToolAnnotations {
  /** It changes nothing. */
  readonly readOnlyHint: boolean;
  /** It may undo or replace something; false when it only adds. */
  readonly destructiveHint: boolean;
  /** Doing it twice has the effect of doing it once. */
  readonly idempotentHint: boolean;
  /** It deals with people and servers outside of Wabus. */
  readonly openWorldHint: boolean;
}

/** What only looks things up. */
export const LOOKS = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false
} as const satisfies ToolAnnotations;

/** What the catalog says of a command. It does not tell adding from replacing: whatever changes something counts as able to destroy, so that clients ask. */
export function annotationsOf({ scope, repeatable, target }: Pick<CommandRow, 'scope' | 'repeatable' | 'target'>): ToolAnnotations {
  const reads = scope === 'read';
  return { readOnlyHint: reads, destructiveHint: !reads, idempotentHint: repeatable, openWorldHint: target !== 'registry' };
}
