import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { WabusFixture } from '../wabus.fixture.js';
import { CleanProject } from './clean-project.js';

/** The document whose code must run. It is outside of the repository. */
const DOCUMENT = fileURLToPath(new URL('../../../../../shared/seeds/000_afd919dae6e11040.txt', import.meta.url));

/** The document's code, unchanged except that `type: "jwt"` has the comma that is missing there. */
const SNIPPET = `import wa from "whatsapp-sdk";

wa.connect('your_server_address', {
    type: "jwt", // It can be static or jwt token
    token: "jwt_token",
    identifier: "16505551234"
});

// QR code when user to connect first time
wa.connection.onUpdate(conn => {
    console.log(conn.qr)
})
`;
const FURTHER = `wa.socket.on();

wa.socket.emit();
wa.connection.onError((err) => {
  console.log(err);
});
if (wa.connected) {
  // do something
}
`;

const TYPED = `import wa, { WabusClient, WabusError, verifyWebhook, type EventEnvelope, type WAMessage } from 'whatsapp-sdk';
import { FileCursorStore } from 'whatsapp-sdk/node';

const client = new WabusClient({ url: 'http://localhost:3000', token: async () => 'token', cursors: new FileCursorStore('.cursors'), session: 'sales' });
client.on('messages.upsert', (data, event) => {
  const messages: WAMessage[] = data.messages;
  const same: EventEnvelope<'messages.upsert'> = event;
  return [messages[0]?.message?.conversation?.length, same.cursor];
});
export async function main(): Promise<void> {
  const sent = await client.commands.sendMessage('1@s.whatsapp.net', { text: 'hi' });
  const id: string | null | undefined = sent.key.id;
  for await (const event of client.events({ events: ['call', 'presence.update'] })) {
    if (event.event === 'call') console.log(event.data[0]?.chatId, id);
    else console.log(event.data.presences);
  }
  try {
    await verifyWebhook({ secret: 'whsec_', headers: {}, body: '' });
  } catch (error) {
    if (error instanceof WabusError && error.code === 'BAD_SIGNATURE') console.log(error.certain);
  }
  wa.connection.onUpdate(connection => console.log(connection.qr?.length, connection.account?.name));
  // @ts-expect-error There is no such event.
  client.on('messages.sent', () => undefined);
  // @ts-expect-error A message has a receiver.
  await client.commands.sendMessage({ text: 'hi' });
  // @ts-expect-error There is no such command.
  await client.commands.sendNothing();
}
`;

/** Further APIs that programs for Node.js use. */
const WITHOUT_DOM = `import { createServer } from 'node:http';
import { LocalStorageCursorStore, WebhookReceiver } from 'whatsapp-sdk';
import { FileDeliveryStore, webhookListener } from 'whatsapp-sdk/node';
const receiver = new WebhookReceiver({ secret: 'whsec_', store: new FileDeliveryStore('deliveries'), handler: event => console.log(event.id) });
createServer(webhookListener(receiver)).listen(0);
export const cursors = new LocalStorageCursorStore({ getItem: () => null, setItem: () => undefined });
`;

/** The declarations that the code in the README takes from its context. */
const SURROUNDINGS = `import type { WabusClient } from 'whatsapp-sdk';
declare global {
  const process: { env: Record<string, string | undefined> };
  const client: WabusClient;
  const store: (data: unknown) => Promise<boolean>;
  const file: Blob;
  const request: { headers: Record<string, string> };
  const body: string, cursor: string, jid: string, secret: string, session: string, url: string;
}
`;

describe('the package, packed and installed in a clean project', () => {
  const secret = randomBytes(32).toString('hex');
  let project: CleanProject;
  let wabus: WabusFixture;

  beforeAll(async () => {
    project = await CleanProject.install('whatsapp-sdk');
    wabus = await WabusFixture.start({ edgeEnv: { WABUS_JWT_SECRET: secret } });
  }, 120_000);
  afterAll(async () => {
    project?.remove();
    await wabus?.stop();
  }, 60_000);

  test('contains what it needs and nothing else', () => {
    const manifest = JSON.parse(project.read('node_modules/whatsapp-sdk/package.json')) as { dependencies: object };
    expect(Object.keys(manifest.dependencies)).toEqual(['socket.io-client']);
    expect(() => project.read('node_modules/@wabus/contracts/package.json')).toThrow(/ENOENT/);
    expect(project.read('node_modules/whatsapp-sdk/README.md')).toContain('wa.connect(');
  });

  (existsSync(DOCUMENT) ? test : test.skip)('the snippets are those of the document', () => {
    const blocks = [...readFileSync(DOCUMENT, 'utf8').matchAll(/```js\n(.*?)```/gs)].map(match => match[1]!);
    expect(SNIPPET).toBe(blocks[0]!.replace('"jwt" //', '"jwt", //'));
    expect(FURTHER).toBe(blocks.slice(1).join(''));
  });

  test('the snippet runs word for word, from QR code to connected', async () => {
    const [head, body] = [
      { alg: 'HS256' },
      { exp: Math.floor(Date.now() / 1_000) + 600, sub: 'app', wabus: { sessions: '*', scopes: ['read', 'control'] } }
    ].map(part => Buffer.from(JSON.stringify(part)).toString('base64url'));
    const token = `${head}.${body}.${createHmac('sha256', secret).update(`${head}.${body}`).digest('base64url')}`;
    const code = SNIPPET.replace('your_server_address', wabus.edge.url).replace('jwt_token', token) + FURTHER;
    project.write('snippet.mjs', code);
    const phone = await wabus.control.createAccount({ phoneNumber: '16505551234' });
    let scanned = '';
    const output = await project.run('snippet.mjs', lines => {
      const qr = [...lines.matchAll(/^(?!undefined$)\S{40,}$/gm)].at(-1)?.[0];
      if (qr !== undefined && qr !== scanned) {
        scanned = qr;
        // The first scan is refused because WhatsApp refreshes the registration; the snippet then prints another QR code.
        wabus.control.scanQr({ phoneNumber: phone.phoneNumber, qr }).catch(() => undefined);
      }
      // Finally, the snippet reports a connection without a QR code.
      return scanned !== '' && lines.trimEnd().endsWith('undefined');
    });
    expect(output).not.toMatch(/Error|[A-Z]+_[A-Z]+:/);
    await wabus.awaitState('16505551234', 'open');
  }, 60_000);

  test('also runs as a CommonJS module', async () => {
    project.write(
      'listen.cjs',
      `const { default: wa, WabusClient, WabusError } = require('whatsapp-sdk');
const { FileCursorStore } = require('whatsapp-sdk/node');
const client = new WabusClient({ url: ${JSON.stringify(wabus.edge.url)}, token: ${JSON.stringify(wabus.token)}, cursors: new FileCursorStore('cursors') });
client.connect().then(async () => {
  const error = await client.commands.with({ session: 'nobody' }).getSession().catch(thrown => thrown);
  console.log('connected', client.connected, error instanceof WabusError, error.code, typeof wa.connect);
});
`
    );
    expect(await project.run('listen.cjs', output => output.includes('connected'))).toContain(
      'connected true true UNKNOWN_SESSION function'
    );
  }, 60_000);

  test('has types for both module kinds and needs no package', async () => {
    project.write('typed.mts', TYPED);
    project.write('typed.cts', TYPED);
    // Including the code of its README.
    const blocks = [...project.read('node_modules/whatsapp-sdk/README.md').matchAll(/```(?:js|ts)\n(.*?)```/gs)].map(match => match[1]!);
    const files = blocks.map((code, i) => {
      const name = `readme-${i}.mts`;
      project.write(name, `${code.replaceAll("'@wabus/sdk", "'whatsapp-sdk")}\nexport {};\n`);
      return name;
    });
    expect(files.length).toBeGreaterThan(6);
    project.write('surroundings.mts', SURROUNDINGS);
    expect(await project.compile(['typed.mts', 'typed.cts', 'surroundings.mts', ...files])).toBe('');
    project.write('without-dom.mts', `${TYPED}${WITHOUT_DOM}`);
    expect(await project.compileWithoutDom(['without-dom.mts'])).toBe('');
  }, 120_000);
});
