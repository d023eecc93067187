import { COMMAND_CATALOG, errorsOf, type CommandName, type ErrorCode } from '@wabus/contracts';

/**
 * Compares the error of a command with the codes that the catalog lists for it, which docs/commands.md and the OpenAPI document show: every test that sends a
 * command also checks these lists. `code` is `undefined` for a successful command; a name that is not a command is ignored.
 * @throws {Error} for a code that is not listed
 */
export function requireListedError(method: unknown, code: ErrorCode | undefined): void {
  if (code === undefined || typeof method !== 'string' || !Object.hasOwn(COMMAND_CATALOG, method)) return;
  if (errorsOf([method as CommandName]).includes(code)) return;
  throw new Error(`${method} failed with ${code}, which libs/contracts/src/commands/command-errors.table.ts does not list for it`);
}
