import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One record as a gateway's own store would hold it: `creds` or `<type>-<id>`, and the text that stock Baileys wrote. */
export interface ForeignRecord {
  readonly name: string;
  readonly text: string;
}

const isId = /^(sender-key-memory|sender-key)-(.*)$/;

/**
 * What stock Baileys left in a folder, under the names that a database gives it: ids as they are. Only group sender keys and sync keys differ from the files here, whose
 * ids hold no other characters that Baileys replaces.
 */
export function foreignRecords(folder: string): ForeignRecord[] {
  return readdirSync(folder).map(file => {
    const name = file.slice(0, -'.json'.length);
    const sender = isId.exec(name);
    const id = sender?.[1] === 'sender-key' ? `sender-key-${sender[2]!.split('--').join('::')}` : name.replaceAll('__', '/');
    return { name: id, text: readFileSync(join(folder, file), 'utf8') };
  });
}

/** The same JSON with bytes as lists of numbers, as stores do that write `Buffer`s themselves. */
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

/** A text in SQL. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
