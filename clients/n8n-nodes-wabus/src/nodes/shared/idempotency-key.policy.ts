import { createHash } from 'node:crypto';

/** A step of an execution. */
export interface Step {
  /** The id of the n8n installation. It is necessary because each installation numbers its executions from 1. */
  readonly instanceId: string | undefined;
  readonly executionId: string | undefined;
  readonly nodeId: string;
  /** The run of the node in this execution: in a loop, a node runs several times. */
  readonly run: number | string;
  readonly itemIndex: number;
}

const KEY = /^[!-~]{1,128}$/;

/**
 * Returns a value that replaces the run for a tool of an AI agent. n8n counts each retry of a tool as a separate run, so only the call itself distinguishes
 * calls. As a consequence, the same call runs only once in an execution.
 */
export function callOf(method: string, args: object): string {
  return digest(JSON.stringify([method, args]));
}

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 22);

/** Whether a text is a valid idempotency key for an edge. */
export const isKey = (text: string): boolean => KEY.test(text);

/**
 * Returns the idempotency key of a step's command. "Retry on fail" repeats the step with the same key, so that the command runs only once. `undefined` without
 * an execution: a random key would protect nothing.
 */
export function stepKey({ instanceId, executionId, nodeId, run, itemIndex }: Step): string | undefined {
  if (executionId === undefined || executionId === '') return undefined;
  const instance = instanceId === undefined || instanceId === '' ? '' : `${digest(instanceId)}-`;
  const key = `n8n-${instance}${executionId}-${nodeId}-${run}-${itemIndex}`;
  return key.length <= 128 ? key : `n8n-${digest(key)}`;
}
