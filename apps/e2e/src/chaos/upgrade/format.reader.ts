import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { FormatNumbers } from './upgrade.schedule.js';

const ROOT = fileURLToPath(new URL('../../../../../', import.meta.url));

/** Returns the formats that the build in a folder writes; `null` is the build that runs this code. Throws for a build from before formats were marked. */
export async function readFormats(build: string | null): Promise<FormatNumbers> {
  const file = join(build ?? ROOT, 'libs', 'broker', 'dist', 'streams', 'stream-format.catalog.js');
  const { STREAM_FORMATS } = (await import(pathToFileURL(file).href)) as { STREAM_FORMATS: Record<string, { format: number }> };
  return Object.fromEntries(Object.entries(STREAM_FORMATS).map(([stream, { format }]) => [stream, format]));
}
