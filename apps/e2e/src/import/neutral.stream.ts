import { foreignRecords } from './foreign.records.js';

const TYPES =
  /^(sender-key-memory|sender-key|app-state-sync-version|app-state-sync-key|pre-key|session|lid-mapping|device-list|tctoken|identity-key)-(.*)$/;

/** A line of the neutral form: as the documentation describes it, with what stock Baileys wrote as values. */
export type StreamLine = Record<string, unknown>;

/** The neutral form of a folder, line by line, for tests that change it. */
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

/** Records that nobody asks for, so that writing takes a while. */
export function padding(count: number): StreamLine[] {
  return Array.from({ length: count }, (_, index) => ({
    type: 'lid-mapping',
    id: `1999${String(index).padStart(9, '0')}`,
    value: '900019990000000'
  }));
}
