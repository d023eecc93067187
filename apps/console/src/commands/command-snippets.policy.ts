import { jsonWithin, shellWord } from '../snippets/shell.text.js';
import type { CommandEntry } from './command-catalog.codec.js';

interface Call {
  readonly command: Pick<CommandEntry, 'name'>;
  readonly session: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** Returns code that runs a command: over HTTP, with the SDK, and on NATS. */
export function commandSnippets({ command: { name }, session, args }: Call, origin: string): { name: string; code: string }[] {
  const hasArguments = Object.keys(args).length > 0;
  const address = `${origin}/api/sessions/${encodeURIComponent(session)}/commands/${name}`;
  const curl = [
    `curl -X POST ${shellWord(address)}`,
    '  -H "Authorization: Bearer $WABUS_TOKEN"',
    ...(hasArguments ? ["  -H 'Content-Type: application/json'", `  -d ${shellWord(JSON.stringify({ args }))}`] : [])
  ].join(' \\\n');
  const sdk = [
    "import { WabusClient } from '@wabus/sdk';",
    '',
    `const client = new WabusClient({ url: '${origin}', token: process.env.WABUS_TOKEN });`,
    `const reply = await client.command('${name}', ${jsonWithin(args, '')}, { session: '${session}' });`,
    'await client.close();'
  ].join('\n');
  const nats = `nats request ${shellWord(`wa.cmd.${session}.${name}`)} ${shellWord(hasArguments ? JSON.stringify({ args }) : '')}`;
  return [
    { name: 'curl', code: curl },
    { name: 'SDK', code: sdk },
    { name: 'NATS', code: nats }
  ];
}
