import { CLOUD_FAILURES, CloudRefusal } from './cloud-error.table.js';

/** Throws Meta's error for a path whose first part is not a version. */
export function checkVersion({ version }: { readonly version: string }): void {
  if (!/^\d{1,3}\.\d{1,3}$/.test(version)) throw new CloudRefusal(CLOUD_FAILURES.path, 'The version must be a number such as v23.0.');
}
