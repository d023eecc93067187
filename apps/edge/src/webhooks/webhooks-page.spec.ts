import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { CreateWebhookRequest, parseBody, WEBHOOK_HEADERS, type EventEnvelope } from '@wabus/contracts';
import { sign } from './delivery/delivery.signature.js';

const page = readFileSync(new URL('../../../../docs/webhooks.md', import.meta.url), 'utf8');
const block = (name: string): string => new RegExp(`\`\`\`${name}\\n([^]*?)\`\`\``).exec(page)![1]!;
const example = (name: string): unknown => JSON.parse(block(`json ${name}`));
/** As the set-up of the tests found it. */
const PYTHON = process.env['WABUS_TEST_PYTHON'];

type Verify = (secret: string, headers: Record<string, string>, body: string) => boolean;

/** Deliveries, and whether a receiver is to believe them. */
function deliveries(): [what: string, args: Parameters<Verify>, genuine: boolean][] {
  const secret = `whsec_${Buffer.from('a secret of some bytes').toString('base64')}`;
  const now = Math.floor(Date.now() / 1000);
  const signed = ({ at = now, by = secret, body = '{"n":"ü"}' } = {}): Parameters<Verify> => [
    secret,
    {
      [WEBHOOK_HEADERS.id]: 'msg_1',
      [WEBHOOK_HEADERS.timestamp]: String(at),
      [WEBHOOK_HEADERS.signature]: sign(by, { id: 'msg_1', timestamp: at, body })
    },
    body
  ];
  const [, headers, body] = signed();
  const unsigned = Object.fromEntries(Object.entries(headers).filter(([name]) => name !== WEBHOOK_HEADERS.signature));
  return [
    ['genuine', signed(), true],
    ['signed with another secret', signed({ by: `whsec_${Buffer.from('another').toString('base64')}` }), false],
    ['an hour old', signed({ at: now - 3_600 }), false],
    ['with another body', [secret, headers, `${body} `], false],
    ['with the id of another', [secret, { ...headers, [WEBHOOK_HEADERS.id]: 'msg_2' }, body], false],
    ['unsigned', [secret, unsigned, body], false]
  ];
}

const verdicts = deliveries().map(([what, , genuine]) => [what, genuine]);

describe('the page about webhooks', () => {
  it('shows a request that is accepted', () => {
    expect(parseBody(CreateWebhookRequest, example('create'))).toMatchObject({ events: ['messages.*', 'session.status'] });
  });

  it('shows a delivery with the fields of an envelope', () => {
    const fields: (keyof EventEnvelope)[] = ['id', 'session', 'event', 'cursor', 'at', 'epoch', 'schemaVersion', 'data'];
    expect(Object.keys(example('delivery') as object)).toEqual(fields);
  });

  it('shows JavaScript that tells genuine deliveries from others', async () => {
    const { verify } = (await import(`data:text/javascript,${encodeURIComponent(block('javascript'))}`)) as { verify: Verify };
    expect(deliveries().map(([what, args]) => [what, verify(...args)])).toEqual(verdicts);
  });

  (PYTHON === undefined ? it.skip : it)('shows Python that tells genuine deliveries from others', () => {
    const program = `${block('python')}
import json, sys
print(json.dumps([[what, verify(args[0], args[1], args[2].encode())] for what, args, _ in json.load(sys.stdin)]))`;
    const { stdout, stderr } = spawnSync(PYTHON!, ['-c', program], { input: JSON.stringify(deliveries()), encoding: 'utf8' });
    expect([JSON.parse(stdout || '[]'), stderr]).toEqual([verdicts, '']);
  });
});
