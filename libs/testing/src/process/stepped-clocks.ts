import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTempFolder, type TempFolder } from '../temp-folder.js';

/** Patches only the wall clock: `performance.now` and timers continue unchanged, as they do when a clock is set. */
const PRELOAD = (folder: string): string => `
import { readFileSync } from 'node:fs';
const { WABUS_CONNECTOR_ID: connector, WABUS_EDGE_PORT: port } = process.env;
const file = ${JSON.stringify(folder)} + '/' + (connector ?? port);
let offset = 0;
let readAt = -Infinity;
const RealDate = Date;
const now = () => {
  if (performance.now() - readAt > 20) {
    readAt = performance.now();
    try { offset = Number(readFileSync(file, 'utf8')); } catch {}
  }
  return RealDate.now() + offset;
};
globalThis.Date = class Date extends RealDate {
  constructor(...args) { super(...(args.length === 0 ? [now()] : args)); }
  static now() { return now(); }
};
`;

/** Wall clocks of launched connectors and edges, which tests can set while the processes run. */
export class SteppedClocks {
  private readonly folder: TempFolder = createTempFolder('clocks');

  /** Flags for the Node.js of every process whose clock is set. */
  get nodeArgs(): string[] {
    return [`--import=data:text/javascript,${encodeURIComponent(PRELOAD(this.folder.path))}`];
  }

  /**
   * Sets a clock to this offset from the correct time.
   * @param process the id of a connector, or the port of an edge
   */
  set(process: string, offsetMs: number): void {
    writeFileSync(join(this.folder.path, process), String(offsetMs));
  }

  remove(): void {
    this.folder.remove();
  }
}
