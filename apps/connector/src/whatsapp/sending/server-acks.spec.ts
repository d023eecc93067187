import { ServerAcks } from './server-acks.js';

const ack = (id: string, attrs: Record<string, string> = {}) => ({ tag: 'ack', attrs: { class: 'message', id, ...attrs } });
const never = new AbortController().signal;

describe('confirmations of the server', () => {
  test('one settles all waits for its message, and no other', async () => {
    const acks = new ServerAcks();
    const waiting = [acks.expect('A', never), acks.expect('A', never)];
    const other = acks.expect('B', never);
    acks.receive(ack('A'));
    await Promise.all(waiting);
    acks.end();
    await expect(other).rejects.toMatchObject({ code: 'TIMEOUT' });
  });

  test('an error in one means that WhatsApp refused the message', async () => {
    const acks = new ServerAcks();
    const confirmed = acks.expect('A', never);
    acks.receive(ack('A', { error: '463' }));
    await expect(confirmed).rejects.toMatchObject({ code: 'REFUSED_BY_WHATSAPP', details: { statusCode: 463 } });
  });

  test('the deadline ends a wait with an uncertain error', async () => {
    const acks = new ServerAcks();
    const deadline = new AbortController();
    const confirmed = acks.expect('A', deadline.signal);
    deadline.abort();
    await expect(confirmed).rejects.toMatchObject({ code: 'TIMEOUT' });
  });

  test('one without a wait is ignored', () => {
    const acks = new ServerAcks();
    acks.receive(ack('A'));
    acks.receive({ tag: 'ack', attrs: {} });
  });
});
