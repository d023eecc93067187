import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createInterface } from 'node:readline';
import { createTempFolder, type SimulatedAccount, type TempFolder } from '@wabus/testing';
import { WabusFixture } from './wabus.fixture.js';

const REPOSITORY = fileURLToPath(new URL('../../..', import.meta.url));
/** The document whose code must run unchanged. It is outside of the repository. */
const DOCUMENT = join(REPOSITORY, '../shared/seeds/001_ab945c21745ae433.txt');
/** An interpreter that can import `socketio` with this path, if the set-up found one. */
const PYTHON = process.env['WABUS_TEST_PYTHON'];
const PYTHON_PATH = process.env['WABUS_TEST_PYTHONPATH'] ?? '';

const withDocument = existsSync(DOCUMENT) ? describe : describe.skip;
const withPython = PYTHON === undefined ? test.skip : test;

/** Prints the events that a snippet receives without a handler, and changes nothing else. */
const PYTHON_WITNESS = `
import runpy, sys, socketio
handle = socketio.Client._handle_event
def witness(self, namespace, id, data):
    print('event', data[0], data[1:], flush=True)
    return handle(self, namespace, id, data)
socketio.Client._handle_event = witness
runpy.run_path(sys.argv[1], run_name='__main__')
`;

withDocument('the snippets of the WebSocket document, unchanged but for the token', () => {
  let wabus: WabusFixture;
  let account: SimulatedAccount;
  let contact: SimulatedAccount;
  let folder: TempFolder;
  const running: ChildProcess[] = [];

  beforeAll(async () => {
    folder = createTempFolder('snippets');
    // The snippets use port 3000.
    wabus = await WabusFixture.start({ edgePort: 3000 });
    account = await wabus.pair('default');
    contact = await wabus.control.createAccount({});
  }, 90_000);
  afterEach(() => running.splice(0).forEach(child => child.kill('SIGKILL')));
  afterAll(async () => {
    await wabus?.stop();
    folder?.remove();
  }, 60_000);

  const codeBlocks = (language: string): string[] =>
    [...readFileSync(DOCUMENT, 'utf8').matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 'gs'))].map(match =>
      match[1]!.replaceAll('your-api-key', wabus.token)
    );

  const write = (name: string, code: string): string => {
    const path = join(folder.path, name);
    writeFileSync(path, code);
    return path;
  };

  /** Runs a program and resolves once its output matches the pattern; writes to the session until then, because a client may subscribe late. */
  const runUntil = async (command: string, args: string[], env: Record<string, string>, pattern: RegExp): Promise<string> => {
    const child = spawn(command, args, { env: { PATH: process.env['PATH'], ...env } });
    running.push(child);
    let output = '';
    const writing = setInterval(() => {
      void wabus.control.sendMessage({ from: contact.phoneNumber, to: account.phoneNumber, message: { conversation: 'for the snippet' } });
    }, 500);
    try {
      return await new Promise<string>((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`nothing like ${pattern} within 20 s in:\n${output}`)), 20_000);
        for (const stream of [child.stdout, child.stderr]) {
          createInterface({ input: stream }).on('line', line => {
            output += `${line}\n`;
            if (!pattern.test(output)) return;
            clearTimeout(timer);
            resolve(output);
          });
        }
        child.on('exit', code => reject(new Error(`ended with ${code}:\n${output}`)));
      });
    } finally {
      clearInterval(writing);
    }
  };

  test('JavaScript: the connection and the payload handlers', async () => {
    const blocks = codeBlocks('javascript');
    expect(blocks).toHaveLength(4);
    const program = write('snippet.cjs', blocks.join('\n'));
    const output = await runUntil(process.execPath, [program], { NODE_PATH: join(REPOSITORY, 'node_modules') }, /for the snippet/);
    expect(output).toMatch(/^Connected$/m);
    expect(output).toContain(`New message from ${contact.lidJid}`);
  }, 60_000);

  withPython(
    'Python: the connection, subscribed without naming a namespace',
    async () => {
      const [snippet] = codeBlocks('python');
      const program = write('snippet.py', snippet!);
      const witness = write('witness.py', PYTHON_WITNESS);
      const output = await runUntil(PYTHON!, [witness, program], { PYTHONPATH: PYTHON_PATH }, /for the snippet/);
      expect(output).toMatch(/^event messages\.upsert/m);
    },
    60_000
  );
});
