import { encryptLoad } from '../load/load-batch.js';
import { LoadRun, type DeviceLoad } from '../load/load-run.js';
import { ControlError } from './operation-fields.reader.js';
import type { ControlContext, OperationTable } from './control-context.js';

const MESSAGES = { min: 1, max: 1_000_000 };
const TEXT_LENGTH = { min: 1, max: 65_536 };
const WINDOW = { min: 1, max: 100_000 };
const RATE = { min: 1, max: 1_000_000 };
const DEFAULT_TEXT_LENGTH = 64;
/** Enough to keep a client busy despite its own delays, and far below what a client would treat as a backlog. */
const DEFAULT_WINDOW = 64;
const DEFAULT_WAIT_MS = 120_000;

/** Operations that encrypt messages ahead and send them fast or at a rate: load without the cost of encryption while it is sent. */
export function loadOperations({ world, directory }: ControlContext): Pick<OperationTable, 'prepareLoad' | 'startLoad' | 'awaitLoad'> {
  const prepared = new Map<string, DeviceLoad>();
  const running = new Map<string, LoadRun>();

  return {
    async prepareLoad(fields) {
      const device = directory.linked(directory.account(fields.string('to')))[0]!;
      const authors = fields.strings('from').map(name => directory.account(name));
      if (authors.length === 0) throw new ControlError('from must name at least one account');
      const groupJid = fields.optionalString('groupJid');
      const group = groupJid === undefined ? undefined : directory.group(groupJid);
      const stranger = group && authors.find(author => !group.members.has(author));
      if (stranger) throw new ControlError(`${stranger.phoneNumber} is not in the group`);
      const stanzas = await encryptLoad(world, {
        device,
        authors,
        group,
        messages: fields.integer('messages', MESSAGES),
        textLength: fields.optionalInteger('textLength', TEXT_LENGTH) ?? DEFAULT_TEXT_LENGTH
      });
      const load = world.nextId();
      prepared.set(load, { device, stanzas });
      return { load };
    },

    startLoad(fields) {
      const names = fields.strings('loads');
      const lanes = names.map(name => {
        const lane = prepared.get(name);
        if (!lane) throw new ControlError(`no prepared load ${name}`);
        return lane;
      });
      if (new Set(lanes.map(({ device }) => device)).size < lanes.length)
        throw new ControlError('loads that run together need different devices');
      const window = fields.optionalInteger('window', WINDOW) ?? DEFAULT_WINDOW;
      const perSecond = fields.optionalInteger('perSecond', RATE);
      for (const name of names) prepared.delete(name);
      const run = world.nextId();
      running.set(run, new LoadRun(world, lanes, { window, perSecond }));
      return { run };
    },

    async awaitLoad(fields) {
      const name = fields.string('run');
      const run = running.get(name);
      if (!run) throw new ControlError(`no load ${name} is running`);
      const late = AbortSignal.timeout(fields.waitMs(DEFAULT_WAIT_MS));
      const report = await Promise.race([
        run.done,
        new Promise<null>(resolve => late.addEventListener('abort', () => resolve(null), { once: true }))
      ]);
      if (report === null) throw new ControlError('the load was not confirmed in time');
      running.delete(name);
      return fields.optionalBoolean('sendings') ? { ...report, sendings: [...run.sendings] } : report;
    }
  };
}
