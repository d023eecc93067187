import type { AnyEvent } from '@wabus/sdk';
import { shellWord } from '../snippets/shell.text.js';

export interface EventSnippet {
  readonly name: string;
  readonly code: string;
}

const HEADER = '-H "Authorization: Bearer $WABUS_TOKEN"';

/** Returns code that reads this event again. */
export function readingSnippets(event: AnyEvent, origin: string): EventSnippet[] {
  const { session, cursor, at } = event;
  const query = new URLSearchParams({ events: event.event, since: at, until: cursor }).toString();
  const address = `${origin}/api/sessions/${encodeURIComponent(session)}/events?${query}`;
  return [
    { name: 'curl', code: `curl ${HEADER} \\\n  ${shellWord(address)}` },
    { name: 'SDK', code: sdk(origin, `{ events: ['${event.event}'], sessions: ['${session}'], since: '${at}' }`, ['  break;']) }
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

function sdk(origin: string, terms: string, end: readonly string[] = []): string {
  return [
    "import { WabusClient } from '@wabus/sdk';",
    '',
    `const client = new WabusClient({ url: '${origin}', token: process.env.WABUS_TOKEN });`,
    `for await (const event of client.events(${terms})) {`,
    '  console.log(event.id, event.data);',
    ...end,
    '}',
    'await client.close();'
  ].join('\n');
}
