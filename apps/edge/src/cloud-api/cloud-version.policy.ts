import { CLOUD_FAILURES, CloudRefusal } from './cloud-error.table.js';

/** Throws what Meta says of a path whose first part is no version. */
export function checkVersion({ version }: { readonly version: string }): void {
  if (!/^\d{1,3}\.\d{1,3}$/.test(version)) throw new CloudRefusal(CLOUD_FAILURES.path, 'The version must be a number such as v23.0.');
}
