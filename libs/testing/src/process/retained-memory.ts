import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/**
 * Returns the bytes that this process retains after a full garbage collection: heap and buffers. Two results are comparable.
 * Resident memory and an uncollected heap are not, because both mostly show when the collector last ran.
 */
export const retainedBytes = (): number => {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};
