import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CleanProject } from '../sdk/clean-project.js';

const EXAMPLE = fileURLToPath(new URL('../../../../examples/nest-service/service.ts', import.meta.url));

const TYPED = `import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { WabusCommands, WabusError, WabusEvent, WabusEventContext, WabusEventServer, WabusModule, type EventPayloads } from '@wabus/nest';

@Controller()
export class Typed {
  constructor(private readonly wabus: WabusCommands) {}

  @WabusEvent('messages.upsert', { sessions: ['sales'] })
  async both(@Payload() data: EventPayloads['messages.upsert'], @Ctx() event: WabusEventContext<'messages.upsert'>): Promise<string | null | undefined> {
    const sales = this.wabus.session(event.session);
    const sent = await sales.sendMessage(data.messages[0]!.key.remoteJid!, { text: event.id }, { idempotencyKey: event.idempotencyKey('note') });
    await sales.with({ deadlineMs: 1_000 }).groupLeave('1@g.us');
    // @ts-expect-error A message has content.
    await sales.sendMessage('1@lid');
    // @ts-expect-error Edges start sessions, over HTTP.
    await sales.startSession();
    // @ts-expect-error There is no such option.
    await sales.sendMessage('1@lid', { text: 'x' }, { idempotence: 'x' });
    return sent.key.id;
  }

  @EventPattern('call')
  calls(@Ctx() { data }: WabusEventContext<'call'>): string | undefined {
    return data[0]?.chatId;
  }

  // @ts-expect-error There is no such event.
  @WabusEvent('messages.sent')
  none(): void {}
}

export const modules = [
  WabusModule.forRoot({ servers: 'nats://127.0.0.1', user: 'x', password: 'y', order: 'session', deadLetter: ({ context, reason }) => console.log(context.id, reason) }),
  WabusModule.forRootAsync({ useFactory: async () => ({ servers: ['nats://127.0.0.1'] }) })
];
// @ts-expect-error A server is needed.
WabusModule.forRoot({ user: 'x' });
export const strategy = new WabusEventServer({ servers: 'nats://127.0.0.1', user: 'x', startFrom: { time: new Date() } });
export const code = (error: unknown): string => (error instanceof WabusError && error.retryable ? error.code : 'none');
`;

/** The compiler options of every Nest project. */
const FLAGS = ['--experimentalDecorators', '--emitDecoratorMetadata', '--skipLibCheck', '--types', 'node'];

describe('@wabus/nest, packed and installed in a clean project', () => {
  let project: CleanProject;
  beforeAll(async () => {
    project = await CleanProject.install('@wabus/nest', { name: '@wabus/nest', further: ['@types/node'] });
  }, 120_000);
  afterAll(() => project?.remove());

  test('contains what it needs and nothing else', () => {
    const manifest = JSON.parse(project.read('node_modules/@wabus/nest/package.json')) as { dependencies: object };
    expect(Object.keys(manifest.dependencies)).toEqual(['@nats-io/jetstream', '@nats-io/transport-node', '@wabus/sdk']);
    for (const ours of ['contracts', 'broker', 'testing'])
      expect(() => project.read(`node_modules/@wabus/${ours}/package.json`)).toThrow(/ENOENT/);
    expect(project.read('node_modules/@wabus/nest/README.md')).toContain('@WabusEvent');
    expect(() => project.read('node_modules/@wabus/nest/dist/events/policies.spec.js')).toThrow(/ENOENT/);
  });

  test('has types that fit a project, its README and its example', async () => {
    project.write('typed.mts', TYPED);
    project.write('service.mts', readFileSync(EXAMPLE, 'utf8'));
    const blocks = [...project.read('node_modules/@wabus/nest/README.md').matchAll(/```ts\n(.*?)```/gs)].map(match => match[1]!);
    const files = blocks.map((code, i) => {
      project.write(`readme-${i}.mts`, `${code}\nexport {};\n`);
      return `readme-${i}.mts`;
    });
    expect(files.length).toBeGreaterThan(2);
    expect(await project.compile(['typed.mts', 'service.mts', ...files], FLAGS)).toBe('');
  }, 120_000);

  test('is one module for both module kinds', async () => {
    project.write('esm.mjs', "import { WabusEventServer } from '@wabus/nest';\nexport default WabusEventServer;\n");
    project.write(
      'both.cjs',
      `const { WabusEventServer, WabusError } = require('@wabus/nest');
import('./esm.mjs').then(({ default: same }) => console.log('same', same === WabusEventServer, new WabusError('NO_OWNER').retryable));
`
    );
    expect(await project.run('both.cjs', output => output.includes('same'))).toContain('same true true');
  }, 60_000);
});
