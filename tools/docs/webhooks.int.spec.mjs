// @ts-check
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../install.mjs';

/** @typedef {[secret: string, headers: Record<string, string>, body: string]} Delivery */

const { sign } = await import(pathToFileURL(join(ROOT, 'apps/edge/dist/webhooks/delivery/delivery.sender.js')).href);
const page = readFileSync(join(ROOT, 'docs', 'webhooks.md'), 'utf8');
const block = (/** @type {string} */ language) => new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``).exec(page)?.[1] ?? '';
/** Set by the test setup. */
const PYTHON = process.env['WABUS_TEST_PYTHON'];

/**
 * Returns deliveries, signed correctly or not, and whether a receiver must accept them.
 * @returns {[what: string, delivery: Delivery, genuine: boolean][]}
 */
function deliveries() {
  const secret = `whsec_${Buffer.from('a secret of some bytes').toString('base64')}`;
  const now = Math.floor(Date.now() / 1000);
  const body = '{"n":"ü"}';
  /** @returns {Record<string, string>} */
  const headers = ({ at = now, by = secret } = {}) => ({
    'webhook-id': 'msg_1',
    'webhook-timestamp': String(at),
    'webhook-signature': sign(by, { id: 'msg_1', timestamp: at, body })
  });
  const unsigned = { ...headers() };
  delete unsigned['webhook-signature'];
  const other = headers({ by: `whsec_${Buffer.from('another').toString('base64')}` })['webhook-signature'];
  const both = { ...headers(), 'webhook-signature': `${other} ${headers()['webhook-signature']}` };
  return [
    ['genuine', [secret, headers(), body], true],
    ['signed with both secrets', [secret, both, body], true],
    ['signed with another secret', [secret, headers({ by: `whsec_${Buffer.from('another').toString('base64')}` }), body], false],
    ['an hour old', [secret, headers({ at: now - 3_600 }), body], false],
    ['with another body', [secret, headers(), `${body} `], false],
    ['with the id of another', [secret, { ...headers(), 'webhook-id': 'msg_2' }, body], false],
    ['unsigned', [secret, unsigned, body], false]
  ];
}

const verdicts = deliveries().map(([what, , genuine]) => [what, genuine]);

describe('the code in docs/webhooks.md verifies deliveries', () => {
  it('in JavaScript', async () => {
    const { verify } = await import(`data:text/javascript,${encodeURIComponent(block('javascript'))}`);
    expect(deliveries().map(([what, delivery]) => [what, verify(...delivery)])).toEqual(verdicts);
  });

  (PYTHON === undefined ? it.skip : it)('in Python', () => {
    const program = `${block('python')}
import json, sys
print(json.dumps([[what, verify(secret, headers, body.encode())] for what, [secret, headers, body], _ in json.load(sys.stdin)]))`;
    const { stdout, stderr } = spawnSync(PYTHON ?? '', ['-c', program], { input: JSON.stringify(deliveries()), encoding: 'utf8' });
    expect([JSON.parse(stdout || '[]'), stderr]).toEqual([verdicts, '']);
  });
});
