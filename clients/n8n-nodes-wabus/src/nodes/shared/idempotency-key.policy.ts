import { createHash } from 'node:crypto';

/** A step of an execution. */
export interface Step {
  /** Which n8n: each counts its executions from 1. */
  readonly instanceId: string | undefined;
  readonly executionId: string | undefined;
  readonly nodeId: string;
  /** Which run of the node in this execution: in a loop, it runs several times. */
  readonly run: number | string;
  readonly itemIndex: number;
}

const KEY = /^[!-~]{1,128}$/;

/**
 * In place of the run, for a tool of an AI agent: n8n counts each retry of a tool as a run of its own, so what the agent asked for has to tell them apart. The same
 * call twice in one execution then runs once.
 */
export function callOf(method: string, args: object): string {
  return digest(JSON.stringify([method, args]));
}

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 22);

/** Whether an edge accepts the text as a key. */
export const isKey = (text: string): boolean => KEY.test(text);

/**
 * The key under which a step gives its command. "Retry on fail" repeats the step with the same key, so the command runs once. `undefined` without an execution:
 * a made-up key would protect nothing.
 */
export function stepKey({ instanceId, executionId, nodeId, run, itemIndex }: Step): string | undefined {
  if (executionId === undefined || executionId === '') return undefined;
  const instance = instanceId === undefined || instanceId === '' ? '' : `${digest(instanceId)}-`;
  const key = `n8n-${instance}${executionId}-${nodeId}-${run}-${itemIndex}`;
  return key.length <= 128 ? key : `n8n-${digest(key)}`;
}
