import { readFileSync } from 'node:fs';
import { CreateWebhookRequest, parseBody, type EventEnvelope } from '@wabus/contracts';

const page = readFileSync(new URL('../../../../docs/webhooks.md', import.meta.url), 'utf8');
const example = (name: string): unknown => JSON.parse(new RegExp(`\`\`\`json ${name}\\n([^]*?)\`\`\``).exec(page)![1]!);

describe('the page about webhooks', () => {
  it('shows a request that is accepted', () => {
    expect(parseBody(CreateWebhookRequest, example('create'))).toMatchObject({ events: ['messages.*', 'session.status'] });
  });

  it('shows a delivery with the fields of an envelope', () => {
    const fields: (keyof EventEnvelope)[] = ['id', 'session', 'event', 'cursor', 'at', 'epoch', 'schemaVersion', 'data'];
    expect(Object.keys(example('delivery') as object)).toEqual(fields);
  });
});
