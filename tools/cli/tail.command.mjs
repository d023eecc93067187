// @ts-check
import { EDGE_OPTIONS, EDGE_USAGE, readCommandLine } from './cli-arguments.codec.mjs';
import { edgeAccess } from './edge.access.mjs';
import { eventLine } from './event-line.policy.mjs';

const USAGE = `wabus tail [SESSION] [options]
Prints events as they arrive, of all sessions or of one, until you press Ctrl-C.

  --events LIST   names or prefixes, such as messages.*,call (default *)
  --since WHERE   a cursor, a time such as 2026-11-30T08:00:00Z, or 10m, 2h, 1d ago (default: now)
  --json          one JSON object per line, with the whole payload
  --count N       ends after N events
${EDGE_USAGE}`;

const UNITS = /** @type {Record<string, number>} */ ({ s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 });

/** @param {readonly string[]} args */
export async function run(args) {
  const options = /** @type {const} */ ({
    ...EDGE_OPTIONS,
    events: { type: 'string' },
    since: { type: 'string' },
    json: { type: 'boolean' },
    count: { type: 'string' }
  });
  const { values, positionals, help } = readCommandLine(args, options, { positionals: ['SESSION'], optional: 1, usage: USAGE });
  if (help) {
    console.log(USAGE);
    return true;
  }
  const { WabusClient } = await import('@wabus/sdk');
  const { url, token } = edgeAccess(values, process.env);
  const client = new WabusClient({ url, token });
  process.once('SIGINT', () => void client.close());
  const [session] = positionals;
  const since = values.since === undefined ? undefined : sinceOf(values.since, Date.now());
  let left = values.count === undefined ? Infinity : Number(values.count);
  try {
    const wanted = {
      events: /** @type {import('@wabus/sdk').EventPattern[]} */ ((values.events ?? '*').split(',')),
      ...(session === undefined ? {} : { sessions: [session] }),
      ...(since === undefined ? {} : { since })
    };
    for await (const event of client.events(wanted)) {
      console.log(values.json ? JSON.stringify(event) : eventLine(event));
      if (--left <= 0) break;
    }
  } finally {
    await client.close();
  }
  return true;
}

/** @param {string} text @param {number} now */
export function sinceOf(text, now) {
  const [, amount, unit = ''] = /^(\d+)([smhd])$/.exec(text) ?? [];
  return amount === undefined ? text : new Date(now - Number(amount) * (UNITS[unit] ?? 0)).toISOString();
}
