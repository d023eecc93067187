import type { AnyEvent } from '@wabus/sdk';
import { shellWord } from '../snippets/shell.text.js';

export interface EventSnippet {
  readonly name: string;
  readonly code: string;
}

const PRINT = '  console.log(event.id, event.data);';
const HEADER = '-H "Authorization: Bearer $WABUS_TOKEN"';

/** Returns code that reads this event again. */
export function readingSnippets(event: AnyEvent, origin: string): EventSnippet[] {
  const { session, cursor, at } = event;
  const query = new URLSearchParams({ events: event.event, since: at, until: cursor, limit: '1000' }).toString();
  const address = `${origin}/api/sessions/${encodeURIComponent(session)}/events?${query}`;
  // Other events may have been stored between this time and the event.
  const terms = `{ events: ['${event.event}'], sessions: ['${session}'], since: '${at}' }`;
  return [
    { name: 'curl', code: `curl ${HEADER} \\\n  ${shellWord(address)}` },
    { name: 'SDK', code: sdk(origin, terms, [`  if (event.cursor !== '${cursor}') continue;`, PRINT, '  break;']) }
  ];
}

/** Returns code that receives events of this name and session, starting with this one. */
export function subscribingSnippets(event: AnyEvent, origin: string): EventSnippet[] {
  const { session, cursor } = event;
  const query = new URLSearchParams({ events: event.event, since: cursor }).toString();
  const address = `${origin}/api/sessions/${encodeURIComponent(session)}/events?${query}`;
  return [
    { name: 'curl', code: `curl -N ${HEADER} -H 'Accept: text/event-stream' \\\n  ${shellWord(address)}` },
    { name: 'SDK', code: sdk(origin, `{ events: ['${event.event}'], sessions: ['${session}'], since: '${cursor}' }`) }
  ];
}

function sdk(origin: string, terms: string, body: readonly string[] = [PRINT]): string {
  return [
    "import { WabusClient } from '@wabus/sdk';",
    '',
    `const client = new WabusClient({ url: '${origin}', token: process.env.WABUS_TOKEN });`,
    `for await (const event of client.events(${terms})) {`,
    ...body,
    '}',
    'await client.close();'
  ].join('\n');
}
