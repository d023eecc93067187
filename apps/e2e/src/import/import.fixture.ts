import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launchProcess } from '@wabus/testing';
import type { WabusFixture } from '../wabus.fixture.js';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));

/** The output and the exit code of the command. */
export interface ImportRun {
  readonly code: number | null;
  readonly output: string;
}

/** Runs `npm run import -- …` against the first edge, as an operator would. */
export async function runImport(wabus: WabusFixture, args: readonly string[], env: Record<string, string> = {}): Promise<ImportRun> {
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

/** One record as a gateway's own store would contain it: `creds` or `<type>-<id>`, and the text that stock Baileys wrote. */
export interface ForeignRecord {
  readonly name: string;
  readonly text: string;
}

const isId = /^(sender-key-memory|sender-key)-(.*)$/;

/**
 * Returns the records that stock Baileys left in a folder, under the names in a database, which contain the ids unchanged. Only group sender keys and
 * sync keys differ from the file names here, because the other ids contain no characters that Baileys replaces.
 */
export function foreignRecords(folder: string): ForeignRecord[] {
  return readdirSync(folder).map(file => {
    const name = file.slice(0, -'.json'.length);
    const sender = isId.exec(name);
    const id = sender?.[1] === 'sender-key' ? `sender-key-${sender[2]!.split('--').join('::')}` : name.replaceAll('__', '/');
    return { name: id, text: readFileSync(join(folder, file), 'utf8') };
  });
}

/** Returns the same JSON with bytes as lists of numbers, as stores that write `Buffer`s themselves do. */
export function withNumberLists(text: string): string {
  return JSON.stringify(
    JSON.parse(text, (_key, value: unknown) => {
      const bytes = value as { type?: string; data?: unknown } | null;
      return bytes !== null && typeof bytes === 'object' && bytes.type === 'Buffer' && typeof bytes.data === 'string'
        ? Buffer.from(bytes.data, 'base64').toJSON()
        : value;
    })
  );
}

/** Quotes a text for SQL. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const TYPES =
  /^(sender-key-memory|sender-key|app-state-sync-version|app-state-sync-key|pre-key|session|lid-mapping|device-list|tctoken|identity-key)-(.*)$/;

/** A line of the neutral form as the documentation describes it, with values that stock Baileys wrote. */
export type StreamLine = Record<string, unknown>;

/** Returns the neutral form of a folder, line by line, for tests that change it. */
export function streamOf(folder: string): { head: StreamLine & { credentials: Record<string, unknown> }; records: StreamLine[] } {
  let credentials: Record<string, unknown> = {};
  const records = foreignRecords(folder).flatMap(({ name, text }) => {
    const value = JSON.parse(text) as Record<string, unknown>;
    if (name === 'creds') credentials = value;
    const [, type, id] = TYPES.exec(name) ?? [];
    return type === undefined ? [] : [{ type, id, value }];
  });
  return { head: { format: 'wabus-auth', version: 1, credentials }, records };
}

export function streamText({ head, records }: { head: StreamLine; records: readonly StreamLine[] }): string {
  return [head, ...records, { end: true, records: records.length }].map(line => `${JSON.stringify(line)}\n`).join('');
}

/** Returns records that are never read, so that writing takes some time. */
export function padding(count: number): StreamLine[] {
  return Array.from({ length: count }, (_, index) => ({
    type: 'lid-mapping',
    id: `1999${String(index).padStart(9, '0')}`,
    value: '900019990000000'
  }));
}
