import { execFile, execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const FOLDER = fileURLToPath(new URL('../..', import.meta.url));
const PRELOAD = `import './dist/whatsapp/preload.js';`;

/** Whether this Node.js keeps async contexts in hooks, where each live context slows down promises. */
const slowsPromises = probe();

/** Probes a separate process, because Jest runs a file in its own contexts, which store the value elsewhere. */
function probe(): boolean {
  const source = `
    const { AsyncLocalStorage, executionAsyncResource } = require('node:async_hooks');
    new AsyncLocalStorage().run('store', () => {
      const resource = executionAsyncResource();
      console.log(Reflect.ownKeys(resource).some(key => resource[key] === 'store'));
    });`;
  return execFileSync(process.execPath, ['-e', source], { encoding: 'utf8' }) === 'true\n';
}

/** Runs a module in a separate process, where nothing else has loaded Baileys. The connector must have been built. */
async function run(source: string): Promise<string> {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', source], { cwd: FOLDER });
  return stdout + stderr;
}

describe('the output of libsignal', () => {
  const closeSession = `
    import libsignal from 'libsignal';
    const session = { indexInfo: { closed: -1 }, currentRatchet: { ephemeralKeyPair: { privKey: 'PRIVATE KEY' } } };
    new libsignal.SessionRecord().closeSession(session);
    libsignal.curve.verifySignature(Buffer.alloc(32), Buffer.alloc(1), Buffer.alloc(64), true);
    if (session.indexInfo.closed === -1) process.stdout.write('session was not closed');`;

  test('contains private keys without the preload', async () => {
    expect(await run(closeSession)).toContain('PRIVATE KEY');
  });

  test('is empty after the preload', async () => {
    expect(await run(`import './dist/whatsapp/preload.js'; ${closeSession}`)).toBe('');
  });

  test('is the only output that the preload suppresses', async () => {
    expect(await run(`${PRELOAD} console.info('heard');`)).toBe('heard\n');
  });
});

describe('the order of imports', () => {
  test('Baileys signs fast in any module loaded after the preload', async () => {
    const ratio = `
      ${PRELOAD}
      const { Curve } = await import('@whiskeysockets/baileys');
      const { pureJavaScriptCurve } = await import('./dist/whatsapp/signal/signature-curve.js');
      const keys = Curve.generateKeyPair(), message = Buffer.from('x');
      // In the first milliseconds after the start, signatures are still computed in JavaScript.
      await (await import('./dist/whatsapp/signal/xeddsa.signature.js')).signingReady;
      const timeOf = sign => {
        sign();
        const start = performance.now();
        for (let i = 0; i < 40; i++) sign();
        return performance.now() - start;
      };
      const ours = timeOf(() => Curve.sign(keys.private, message));
      console.log(timeOf(() => pureJavaScriptCurve.calculateSignature(keys.private, message)) / ours);`;
    // It is a hundred times as fast; a busy machine still reaches this limit.
    expect(Number(await run(ratio))).toBeGreaterThan(4);
  });

  test('importing the engine installs the signature checks', async () => {
    const verify = `
      await import('./dist/whatsapp/baileys.engine.js');
      const { Curve } = await import('@whiskeysockets/baileys');
      console.log(Curve.verify(Curve.generateKeyPair().public, Buffer.from('x'), Buffer.alloc(64)));`;
    expect(await run(verify)).toBe('false\n');
  });
});

describe('jobs of libsignal', () => {
  const jobs = (preload: string) => `
    ${preload}
    import { createRequire } from 'node:module';
    import { AsyncLocalStorage } from 'node:async_hooks';
    const require = createRequire(process.cwd() + '/x.js');
    require('libsignal');
    const queueJob = require('libsignal/src/queue_job.js');
    const account = new AsyncLocalStorage();
    const seen = [];
    const job = async () => { await null; seen.push(account.getStore()); };
    await Promise.all(['a', 'b'].map(name => account.run(name, () => queueJob('1.0', job))));
    console.log(seen.join());`;

  test('run in the context of the first caller without the preload', async () => {
    expect(await run(jobs(''))).toBe('a,a\n');
  });

  test('run in the context of their own caller after the preload', async () => {
    expect(await run(jobs(PRELOAD))).toBe('a,b\n');
  });
});

describe('the shared async context', () => {
  const outcomeOn = (change: string) => `
    import asyncHooks from 'node:async_hooks';
    const Original = asyncHooks.AsyncLocalStorage;
    Object.defineProperty(asyncHooks, 'AsyncLocalStorage', ${change});
    const { sharedAsyncContext } = await import('./dist/whatsapp/preload.js');
    const { AsyncLocalStorage } = await import('node:async_hooks');
    const { addTransactionCapability } = await import('@whiskeysockets/baileys');
    const storage = new AsyncLocalStorage();
    const works = storage.run(1, () => storage.getStore()) === 1 && typeof addTransactionCapability === 'function';
    console.log(sharedAsyncContext.outcome, AsyncLocalStorage === Original, works);`;

  test('replaces a built-in that is a getter without a setter', async () => {
    const said = await run(outcomeOn('{ get: () => Original, configurable: true, enumerable: true }'));
    expect(said).toBe(slowsPromises ? 'installed false true\n' : 'unneeded true true\n');
  });

  test('is skipped on a Node.js that cannot be changed', async () => {
    const said = await run(outcomeOn('{ value: Original, writable: false, configurable: false, enumerable: true }'));
    expect(said).toBe(slowsPromises ? 'impossible true true\n' : 'unneeded true true\n');
  });
});

(slowsPromises ? test : test.skip)('earlier sockets do not slow down promises', async () => {
  const measure = (first: string) => `
    ${first}
    const { addTransactionCapability } = await import('@whiskeysockets/baileys');
    const logger = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };
    const store = { get: async () => ({}), set: async () => undefined };
    for (let i = 0; i < 300; i++) await addTransactionCapability(store, logger, { maxCommitRetries: 1, delayBetweenTriesMs: 1 }).transaction(async () => 1, 'key');
    const start = performance.now();
    for (let i = 0; i < 30_000; i++) await null;
    console.log(performance.now() - start);`;
  const [withPreload, without] = [Number(await run(measure(PRELOAD))), Number(await run(measure('')))];
  expect(withPreload).toBeGreaterThan(0);
  expect(withPreload * 3).toBeLessThan(without);
});
