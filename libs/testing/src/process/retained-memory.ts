import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/**
 * Bytes this process still holds after a full garbage collection: heap and buffers. Two readings can be compared; resident memory or a heap that waits
 * to be collected cannot, since both tell more about when the collector last ran than about what is held.
 */
export const retainedBytes = (): number => {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};
