#!/usr/bin/env node
import { operationNotes } from './control/operations.table.js';

const USAGE = `Usage: node apps/simulator/dist/cli.js <controlUrl> <operation> ['<json arguments>']

Runs one control operation of a running simulator and prints its JSON answer, for example:
  cli.js http://127.0.0.1:4711 sendMessage '{"from": "15550000002", "to": "15550000001", "message": {"conversation": "hello"}}'

Operations (arguments: libs/testing/src/simulator/control-api.ts):
${Object.entries(operationNotes)
  .map(([name, note]) => `  ${name.padEnd(18)} ${note}`)
  .join('\n')}
`;

async function run(controlUrl: string, operation: string, json: string): Promise<number> {
  const response = await fetch(new URL(operation, controlUrl.endsWith('/') ? controlUrl : `${controlUrl}/`), {
    method: 'POST',
    body: json
  });
  const text = await response.text();
  if (!response.ok) {
    process.stderr.write(`${text}\n`);
    return 1;
  }
  process.stdout.write(`${JSON.stringify(JSON.parse(text), null, 2)}\n`);
  return 0;
}

const [controlUrl, operation, json = '{}'] = process.argv.slice(2);
if (controlUrl === undefined || controlUrl === '--help') process.stdout.write(USAGE);
else if (operation === undefined) {
  process.stderr.write(USAGE);
  process.exitCode = 2;
} else {
  try {
    process.exitCode = await run(controlUrl, operation, json);
  } catch (err) {
    process.stderr.write(`${err instanceof Error ? err.message : String(err)}\n`);
    process.exitCode = 1;
  }
}
