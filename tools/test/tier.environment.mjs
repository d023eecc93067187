// @ts-check
import childProcess from 'node:child_process';
import dgram from 'node:dgram';
import net from 'node:net';
import { basename } from 'node:path';
import { TestEnvironment } from 'jest-environment-node';
import { CostRecorder } from './cost.recorder.mjs';
import { tierOf } from './spec-file.search.mjs';

/** The functions that a unit test must not call, and what each of them does. */
const STARTERS = /** @type {const} */ ([
  [net.Server.prototype, 'listen', 'starts a server'],
  [net.Socket.prototype, 'connect', 'opens a socket'],
  [dgram.Socket.prototype, 'bind', 'opens a socket'],
  [dgram.Socket.prototype, 'send', 'opens a socket'],
  [childProcess.ChildProcess.prototype, 'spawn', 'starts a process'],
  [childProcess, 'spawnSync', 'starts a process'],
  [childProcess, 'execSync', 'starts a process'],
  [childProcess, 'execFileSync', 'starts a process']
]);

/**
 * The environment of every test file. In a unit test (`*.spec.ts`), every call that starts a server, a process or a socket throws: such a test
 * is an integration test and must be named `*.int.spec.ts`. The check happens at run time, so that calls through a fixture are also detected.
 */
export default class TierEnvironment extends TestEnvironment {
  /** @type {(() => void)[]} */
  #restore = [];
  #file;
  #costs = new CostRecorder();

  /**
   * @param {ConstructorParameters<typeof TestEnvironment>[0]} config
   * @param {ConstructorParameters<typeof TestEnvironment>[1]} context
   */
  constructor(config, context) {
    super(config, context);
    this.#file = context.testPath;
  }

  /** @override */
  async setup() {
    await super.setup();
    if (tierOf(this.#file) === 'unit') this.#forbid();
  }

  /**
   * Provides `specFile(path, load)` to the files of a group: the tests of a file are in a block with its path, so that its hooks apply only to
   * this file.
   * @param {{ name: string, describeBlock?: { name: string, parent?: { parent?: object } } }} event
   * @param {{ currentDescribeBlock: object }} state
   */
  handleTestEvent({ name, describeBlock }, state) {
    if (name === 'run_start') this.#costs.note(`load ${this.#file}`);
    if (name === 'run_describe_finish' && describeBlock?.parent && !describeBlock.parent.parent) this.#costs.note(describeBlock.name);
    if (name !== 'setup') return;
    const global = /** @type {{ describe: (name: string, register: () => void) => void, specFile?: unknown }} */ (
      /** @type {unknown} */ (this.global)
    );
    global.specFile = async (/** @type {string} */ path, /** @type {() => Promise<unknown>} */ load) => {
      const outer = state.currentDescribeBlock;
      let block = outer;
      global.describe(path, () => {
        block = state.currentDescribeBlock;
      });
      state.currentDescribeBlock = block;
      await load();
      state.currentDescribeBlock = outer;
    };
  }

  /** @override */
  async teardown() {
    this.#costs.note(`rest ${this.#file}`);
    for (const restore of this.#restore.splice(0)) restore();
    await super.teardown();
  }

  #forbid() {
    const name = basename(this.#file);
    const right = name.replace(/\.spec(\.[cm]?[jt]s)$/, '.int.spec$1');
    for (const [owner, method, does] of STARTERS) {
      const target = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (owner));
      const original = Object.getOwnPropertyDescriptor(owner, method);
      target[method] = () => {
        throw new Error(`${name} ${does} (${method}): a unit test starts nothing. Name the file ${right}.`);
      };
      this.#restore.push(() => Object.defineProperty(owner, method, /** @type {PropertyDescriptor} */ (original)));
    }
  }
}
