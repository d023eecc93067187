/** A step of an execution. */
export interface Step {
  readonly executionId: string | undefined;
  readonly nodeId: string;
  /** How often the node ran before in this execution: in a loop, it runs several times. */
  readonly runIndex: number;
  readonly itemIndex: number;
}

const KEY = /^[!-~]{1,128}$/;

/** Whether an edge accepts the text as a key. */
export const isKey = (text: string): boolean => KEY.test(text);

/**
 * The key under which a step gives its command. "Retry on fail" repeats the step with the same key, so the command runs once. `undefined` without an execution:
 * a made-up key would protect nothing.
 */
export function stepKey({ executionId, nodeId, runIndex, itemIndex }: Step): string | undefined {
  return executionId === undefined || executionId === '' ? undefined : `n8n-${executionId}-${nodeId}-${runIndex}-${itemIndex}`.slice(-128);
}
