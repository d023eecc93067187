import { readFileSync } from 'node:fs';
import { CreateWebhookRequest, ERROR_CODES, parseBody, type ErrorCode } from '@wabus/contracts';
import { CLOUD_FAILURES, cloudFailure } from './cloud-error.table.js';
import { cloudRequest } from './cloud-request.policy.js';
import { CLOUD_ROUTES } from './cloud-routes.table.js';

const page = readFileSync(new URL('../../../../docs/cloud-api.md', import.meta.url), 'utf8');
const example = (name: string): unknown => JSON.parse(new RegExp(`\`\`\`json ${name}\\n([^]*?)\`\`\``).exec(page)![1]!);

/** Returns the rows of the table below a heading, each as its cells. */
function tableBelow(heading: string): string[][] {
  const lines = page.slice(page.indexOf(`## ${heading}`)).split('\n');
  const first = lines.findIndex(line => line.startsWith('|'));
  const rows = lines.slice(first + 2);
  return rows
    .slice(
      0,
      rows.findIndex(line => !line.startsWith('|'))
    )
    .map(row =>
      row
        .split('|')
        .slice(1, -1)
        .map(cell => cell.trim())
    );
}

describe('the page about the Cloud API', () => {
  it('lists every call that is served', () => {
    const rows = CLOUD_ROUTES.map(({ verb, path, scope, meaning }) => [`\`${verb} /v23.0/${path}\``, `\`${scope}\``, meaning]);
    expect(tableBelow('The calls')).toEqual(rows);
  });

  it('lists every code with the errors that it stands for', () => {
    const codes = Object.keys(ERROR_CODES) as ErrorCode[];
    const rows = Object.values(CLOUD_FAILURES).map(failure => {
      const ours = codes.filter(code => cloudFailure(code) === failure && !NEVER.has(code)).map(code => `\`${code}\``);
      return [String(failure.code), String(failure.status), ours.length > 0 ? ours.join(', ') : '–'];
    });
    expect(tableBelow('Errors').map(([code, status, , ours]) => [code, status, ours])).toEqual(rows);
  });

  it('shows requests that are accepted', () => {
    expect(parseBody(CreateWebhookRequest, example('webhook'))).toMatchObject({ format: 'cloud-api' });
    expect(cloudRequest(example('message'), { session: 'default', templatesAsText: false })).toMatchObject({ kind: 'send' });
  });
});

/** Errors that no call of this API can have. */
const NEVER = new Set<ErrorCode>([
  'UNKNOWN_COMMAND',
  'UNKNOWN_EVENT',
  'SESSION_EXISTS',
  'SUBSCRIPTION_DIFFERS',
  'ALREADY_PAIRED',
  'QR_NOT_AVAILABLE',
  'PASSKEY_NOT_REQUESTED',
  'SLOW_CONSUMER'
]);
