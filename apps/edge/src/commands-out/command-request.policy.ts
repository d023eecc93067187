import {
  COMMAND_CATALOG,
  invalidIdempotencyKey,
  isIdempotencyKey,
  isSessionId,
  parseCommandArguments,
  parseCommandName,
  WabusError,
  type CommandName,
  type CommandRequest,
  type CommandRow,
  type SessionId
} from '@wabus/contracts';

export const MAX_DEADLINE_MS = 600_000;

/** A command as sent by a client, not validated yet. */
export interface UncheckedCommand {
  readonly session: unknown;
  readonly method: unknown;
  readonly args?: unknown;
  readonly deadlineMs?: unknown;
  readonly idempotencyKey?: unknown;
}

/** A well-formed command, not authorized yet. */
export interface CheckedCommand<M extends CommandName = CommandName> {
  readonly session: SessionId;
  readonly method: M;
  readonly row: CommandRow;
  readonly args: CommandRequest<M>;
  readonly deadlineMs: number;
  readonly idempotencyKey?: string;
}

/** Validates a command. Throws `INVALID_REQUEST`, `UNKNOWN_COMMAND` or `INVALID_ARGUMENTS`. */
export function checkCommand(command: UncheckedCommand): CheckedCommand {
  const session = checkSession(command.session);
  const method = parseCommandName(command.method);
  const row: CommandRow = COMMAND_CATALOG[method];
  return {
    session,
    method,
    row,
    args: parseCommandArguments(method, command.args),
    deadlineMs: checkDeadline(command.deadlineMs) ?? row.deadlineMs,
    ...(command.idempotencyKey === undefined ? {} : { idempotencyKey: checkIdempotencyKey(command.idempotencyKey) })
  };
}

/** Validates a session id. Throws `INVALID_REQUEST`. */
export function checkSession(session: unknown): SessionId {
  if (isSessionId(session)) return session;
  throw new WabusError('INVALID_REQUEST', {
    message: 'A session id must be a string of 1 to 64 characters from A-Z a-z 0-9 _ -',
    details: { field: 'session' }
  });
}

function checkDeadline(deadlineMs: unknown): number | undefined {
  if (deadlineMs === undefined || deadlineMs === null) return undefined;
  if (typeof deadlineMs === 'number' && Number.isInteger(deadlineMs) && deadlineMs >= 1 && deadlineMs <= MAX_DEADLINE_MS) return deadlineMs;
  throw new WabusError('INVALID_REQUEST', {
    message: `deadlineMs must be a whole number from 1 to ${MAX_DEADLINE_MS}.`,
    details: { field: 'deadlineMs' }
  });
}

function checkIdempotencyKey(key: unknown): string {
  if (isIdempotencyKey(key)) return key;
  throw invalidIdempotencyKey();
}
