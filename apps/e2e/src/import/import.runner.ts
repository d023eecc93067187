import { fileURLToPath } from 'node:url';
import { launchProcess } from '@wabus/testing';
import type { Wabus } from '../wabus.fixture.js';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));

/** What the command printed, and how it ended. */
export interface ImportRun {
  readonly code: number | null;
  readonly output: string;
}

/** `npm run import -- …` against the first edge, as an operator would run it. */
export async function runImport(wabus: Wabus, args: readonly string[], env: Record<string, string> = {}): Promise<ImportRun> {
  const tool = await launchProcess({
    name: 'npm run import',
    main: `${ROOT}tools/import.mjs`,
    args: [...args, '--url', wabus.edge.url],
    cwd: ROOT,
    env: { WABUS_TOKEN: wabus.token, ...env }
  });
  const { code } = await tool.awaitEnd();
  return { code, output: tool.lines.join('\n') };
}
