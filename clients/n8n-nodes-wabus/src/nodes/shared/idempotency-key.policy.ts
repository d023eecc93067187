import { createHash } from 'node:crypto';

/** A step of an execution. */
export interface Step {
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
  return createHash('sha256')
    .update(JSON.stringify([method, args]))
    .digest('base64url')
    .slice(0, 22);
}

/** Whether an edge accepts the text as a key. */
export const isKey = (text: string): boolean => KEY.test(text);

/**
 * The key under which a step gives its command. "Retry on fail" repeats the step with the same key, so the command runs once. `undefined` without an execution:
 * a made-up key would protect nothing.
 */
export function stepKey({ executionId, nodeId, run, itemIndex }: Step): string | undefined {
  return executionId === undefined || executionId === '' ? undefined : `n8n-${executionId}-${nodeId}-${run}-${itemIndex}`.slice(-128);
}
