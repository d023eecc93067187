import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { connect, headers as natsHeaders } from '@nats-io/transport-node';
import type { SentMessage } from '@wabus/contracts';
import { awaitCondition, findFreePort, launchProcess, McpClient, WebhookReceiver, type SimulatedAccount } from '@wabus/testing';
import { io, type Socket } from 'socket.io-client';
import { OtlpReceiver, type ReceivedSpan } from './otlp-receiver.fixture.js';
import { WabusFixture } from './wabus.fixture.js';

const CALLER = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };
const SERVICE = { traceId: '11111111111111111111111111111111', spanId: '2222222222222222' };
const UPSERT = 'wa.evt.{session}.messages.upsert';
const PROGRESS = 'wa.evt.{session}.message.progress';
const ASK = 'request wa.cmd.{session}.sendMessage';
const SERVE = 'process wa.cmd.{session}.sendMessage';
/** Prints, when a process ends, how many modules of OpenTelemetry's SDK it has loaded. */
const COUNT_MODULES = `--import=data:text/javascript,${encodeURIComponent(
  `import { createRequire } from 'node:module';
   import { writeSync } from 'node:fs';
   const { cache } = createRequire('file:///x.js');
   process.on('exit', () => writeSync(1, 'loaded ' + Object.keys(cache).filter(path => /@opentelemetry.(core|sdk|exporter|otlp|resources)/.test(path)).length + String.fromCharCode(10)));`
)}`;

describe('traces', () => {
  let otlp: OtlpReceiver;
  let hook: WebhookReceiver;
  let wabus: WabusFixture;
  let account: SimulatedAccount;
  let contact: SimulatedAccount;
  let durable: Socket;

  beforeAll(async () => {
    [otlp, hook] = await Promise.all([OtlpReceiver.listen(), WebhookReceiver.listen()]);
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: otlp.endpoint, OTEL_BSP_SCHEDULE_DELAY: '100', OTEL_EXPORTER_OTLP_TIMEOUT: '1000' };
    wabus = await WabusFixture.start({
      connectorEnv: env,
      edgeEnv: { ...env, OTEL_SERVICE_NAME: 'my-edge', WABUS_EGRESS_ALLOW: '127.0.0.1' },
      edgeNodeArgs: [COUNT_MODULES]
    });
    account = await wabus.pair('sales');
    contact = await wabus.control.createAccount({ name: 'Contact' });
    await wabus.edge.post('/api/webhooks', { url: hook.url, events: ['messages.upsert'] });
    durable = io(`${wabus.edge.url}/api/events`, { auth: { token: wabus.token }, transports: ['websocket'] });
    durable.on('delivery', (_envelope: unknown, ack: () => void) => ack());
    await durable.emitWithAck('subscribe', { durable: 'orders', events: ['messages.upsert'] });
  }, 90_000);
  afterAll(async () => {
    durable?.close();
    await wabus?.stop();
    await Promise.all([otlp?.close(), hook?.close()]);
  }, 60_000);

  const receive = async (text: string): Promise<{ id: string; traceparent: string }> => {
    const { id } = await wabus.control.sendMessage({ from: contact.phoneNumber, to: account.phoneNumber, message: { conversation: text } });
    const delivery = await awaitCondition(
      () => hook.deliveries.find(({ body }) => body.includes(id)),
      found => found !== undefined,
      { what: 'the webhook' }
    );
    return { id, traceparent: String(delivery!.headers['traceparent']) };
  };
  const only = (spans: readonly ReceivedSpan[], name: string): ReceivedSpan => {
    const found = spans.filter(span => span.name === name);
    expect(found.map(span => span.name)).toEqual([name]);
    return found[0]!;
  };

  test('lead from the frame to each delivery', async () => {
    const events = await wabus.edge.connectEvents();
    await events.subscribe(['messages.upsert']);
    const { id, traceparent } = await receive('a text of mine');
    await events.awaitEvent('messages.upsert', payload => JSON.stringify(payload).includes(id));
    const [, traceId, spanId] = traceparent.split('-');
    const names = ['receive whatsapp', 'commit inbox', `publish ${UPSERT}`, `emit ${UPSERT}`, `deliver ${UPSERT}`, 'POST webhook'];
    const spans = await otlp.awaitTrace(() => traceId, names);
    const [frame, commit, publish, ...deliveries] = names.map(name => only(spans, name));
    expect([frame!.parent, commit!.parent, publish!.parent]).toEqual(['', frame!.spanId, frame!.spanId]);
    expect(deliveries.map(({ parent }) => parent)).toEqual(Array(3).fill(publish!.spanId));
    expect(deliveries[2]!.spanId).toBe(spanId);
    expect([frame!.service, deliveries[0]!.service]).toEqual(['wabus-connector', 'my-edge']);
    expect(publish!.attributes).toMatchObject({
      'messaging.system': 'nats',
      'messaging.operation.type': 'send',
      'messaging.destination.name': 'wa.evt.sales.messages.upsert',
      'wabus.session': 'sales'
    });
    expect(deliveries[2]!.attributes).toMatchObject({ 'http.request.method': 'POST', 'http.response.status_code': 204 });
  }, 30_000);

  test('lead from a request to the receipt of the phone', async () => {
    const headers = { traceparent: `00-${CALLER.traceId}-${CALLER.spanId}-01` };
    const args = { jid: contact.pnJid, content: { text: 'an answer of mine' } };
    const sent = await wabus.edge.request<SentMessage>('POST', '/api/sessions/sales/messages', args, headers);
    expect(sent.status).toBe(200);
    const request = 'POST /api/sessions/:session/messages';
    const names = [request, ASK, SERVE, 'send whatsapp', 'progress server-ack', 'progress delivered', `publish ${UPSERT}`];
    const spans = await otlp.awaitTrace(() => CALLER.traceId, names);
    const [http, ask, serve, send, ack, receipt, own] = names.map(name => only(spans, name));
    expect([http, ask, serve, send, ack, receipt, own].map(span => span!.parent)).toEqual([
      CALLER.spanId,
      ...[http, ask, serve, send, send, send].map(span => span!.spanId)
    ]);
    expect(http!.attributes).toMatchObject({ 'http.route': '/api/sessions/:session/messages', 'http.response.status_code': 200 });
    const stages = await otlp.awaitTrace(() => CALLER.traceId, [`publish ${PROGRESS}`]);
    expect(stages.filter(({ name }) => name === `publish ${PROGRESS}`).map(({ parent }) => parent)).toContain(ack!.spanId);
  }, 30_000);

  test('begin with commands over Socket.IO, MCP and NATS', async () => {
    const events = await wabus.edge.connectEvents();
    const content = { text: 'another one' };
    const mark = otlp.spans().length;
    expect(await events.command({ session: 'sales', method: 'sendMessage', args: [contact.pnJid, content] })).toMatchObject({ ok: true });
    const mcp = await McpClient.connect(wabus.edge.url, wabus.token);
    await mcp.result('list_sessions');
    await mcp.result('send_message', { session: 'sales', jid: contact.pnJid, content });
    const asked = await awaitCondition(
      () => otlp.spans().slice(mark),
      spans => spans.filter(({ name }) => name === SERVE).length === 2 && spans.some(({ name }) => name === 'POST /api/mcp')
    );
    const byId = new Map(asked.map(span => [span.spanId, span]));
    const callers = await awaitCondition(
      () => {
        for (const span of otlp.spans()) byId.set(span.spanId, span);
        return asked.filter(({ name }) => name === SERVE).map(({ parent }) => byId.get(byId.get(parent)?.parent ?? '')?.name);
      },
      found => !found.includes(undefined)
    );
    expect(callers.sort()).toEqual(['POST /api/mcp', 'command sendMessage']);
    await mcp.close();
    const nats = await connect({ servers: wabus.natsUrl });
    const header = natsHeaders();
    header.set('traceparent', `00-${SERVICE.traceId}-${SERVICE.spanId}-01`);
    await nats.request('wa.cmd.sales.sendMessage', JSON.stringify({ args: [contact.pnJid, content] }), {
      headers: header,
      timeout: 10_000
    });
    await nats.close();
    expect(only(await otlp.awaitTrace(() => SERVICE.traceId, [SERVE]), SERVE).parent).toBe(SERVICE.spanId);
  }, 30_000);

  test('contain no text, number or token', () => {
    const all = otlp.requests.map(({ body }) => body).join('\n');
    expect(otlp.requests.every(({ path }) => path === '/v1/traces')).toBe(true);
    for (const secret of ['of mine', 'another one', account.phoneNumber, contact.phoneNumber, contact.lidJid, wabus.token, hook.url])
      expect(all).not.toContain(secret);
  });

  test.each(['hang', 400] as const)(
    'cause no delay or loss if the receiver responds %s',
    async answer => {
      otlp.answerWith(answer);
      const before = otlp.requests.length;
      for (let i = 0; i < 3; i++) {
        await receive(`message ${i}`);
        const more = otlp.requests.length;
        if (answer === 400)
          await awaitCondition(
            () => otlp.requests.length,
            count => count > more
          );
      }
      await awaitCondition(
        () => otlp.requests.length,
        count => count > before
      );
    },
    40_000
  );

  test('report a failing receiver once, and its recovery once', async () => {
    const said = (text: string): number[] =>
      [wabus.connectors[0]!, wabus.edges[0]!].map(({ lines }) => lines.filter(line => line.includes(text)).length);
    await awaitCondition(
      () => said('cannot send traces'),
      counts => counts.every(count => count > 0),
      { waitMs: 30_000 }
    );
    otlp.answerWith(200);
    await receive('the last one');
    await awaitCondition(
      () => said('sending traces again'),
      counts => counts.every(count => count > 0)
    );
    // A busy machine may cause another failure: each is named once.
    expect(said('cannot send traces')).toEqual(said('sending traces again'));
  }, 60_000);

  test('load OpenTelemetry only if they are enabled', async () => {
    const port = await findFreePort();
    const off = await launchProcess({
      name: 'edge without traces',
      main: 'edge',
      nodeArgs: [COUNT_MODULES],
      readyUrl: `http://127.0.0.1:${port}/health/ready`,
      env: { WABUS_NATS_URL: wabus.natsUrl, WABUS_EDGE_PORT: String(port), WABUS_ACCESS_TOKEN_FILE: wabus.tokenFile }
    });
    await off.stop();
    const on = wabus.edges.splice(0)[0]!;
    await on.stop();
    const loaded = (lines: readonly string[]) => Number(lines.find(line => line.startsWith('loaded '))?.slice('loaded '.length));
    expect(loaded(off.lines)).toBe(0);
    expect(loaded(on.lines)).toBeGreaterThan(50);
    for (const app of ['connector', 'edge']) {
      const bundle = readFileSync(fileURLToPath(new URL(`../../${app}/dist/bundle/app.cjs`, import.meta.url)), 'latin1');
      expect(bundle).not.toMatch(/class (BatchSpanProcessor\w*|OTLPTraceExporter) /);
    }
  }, 40_000);
});
