import type { Page } from '@wabus/testing';
import { Storm, type StormRoute } from '../storm/storm.js';
import { DeliveryLedger } from '../storm/storm-tally.js';
import type { Directory } from './directory.js';
import { ControlError, Fields } from './operation-fields.reader.js';
import type { ControlContext, OperationTable } from './control-context.js';

const RATE = { min: 1, max: 10_000 };
const COUNT = { min: 1, max: 1_000_000 };
const POSITION = { min: 0, max: Number.MAX_SAFE_INTEGER };
const PAGE = { min: 1, max: 5_000 };
const DEFAULT_PAGE = 1_000;

type StormOperations = Pick<OperationTable, 'startStorm' | 'stopStorm' | 'stormProgress' | 'stormMessages' | 'stormSignals' | 'deliveries'>;

/** Operations that send many numbered messages at once and report their outcomes. */
export function stormOperations({ world, directory }: ControlContext): StormOperations {
  const ledger = new DeliveryLedger(world);
  let current: Storm | undefined;
  const storm = (): Storm => {
    if (!current) throw new ControlError('no storm was started');
    return current;
  };

  return {
    async startStorm(fields) {
      const plan = {
        chats: readChats(fields.raw('chats'), directory),
        perSecond: fields.integer('perSecond', RATE),
        count: fields.optionalInteger('count', COUNT) ?? Infinity,
        maxUnconfirmed: fields.optionalInteger('maxUnconfirmed', COUNT) ?? Infinity,
        repeatEvery: fields.optionalInteger('repeatEvery', COUNT) ?? Infinity,
        oddEvery: fields.optionalInteger('oddEvery', COUNT) ?? Infinity,
        signalsPerSecond: fields.optionalInteger('signalsPerSecond', RATE) ?? 0
      };
      await current?.forget();
      current = new Storm(world, plan);
      return {};
    },

    async stopStorm() {
      await storm().stop();
      return storm().progress;
    },

    stormProgress() {
      return storm().progress;
    },

    stormMessages(fields) {
      return pageOf(storm().messages, fields);
    },

    stormSignals(fields) {
      return pageOf(storm().signals, fields);
    },

    deliveries(fields) {
      return pageOf(ledger.of(directory.account(fields.string('phoneNumber'))), fields);
    }
  };
}

function readChats(raw: unknown, directory: Directory): StormRoute[] {
  if (!Array.isArray(raw) || raw.length === 0) throw new ControlError('chats must be a list of at least one chat');
  const chats = raw.map(each => readChat(new Fields(each), directory));
  if (new Set(chats.map(({ name }) => name)).size < chats.length) throw new ControlError('two chats have the same name');
  return chats;
}

function readChat(fields: Fields, directory: Directory): StormRoute {
  const name = fields.string('name');
  if (/\s/.test(name)) throw new ControlError('name must not contain spaces');
  const from = fields.strings('from').map(each => directory.account(each));
  if (from.length === 0) throw new ControlError('from must name at least one account');
  const groupJid = fields.optionalString('groupJid');
  if (groupJid === undefined) return { name, from, to: directory.account(fields.string('to')) };
  const group = directory.group(groupJid);
  const stranger = from.find(each => !group.members.has(each));
  if (stranger) throw new ControlError(`${stranger.phoneNumber} is not in the group`);
  return { name, from, to: group };
}

function pageOf<Entry>(entries: Entry[], fields: Fields): Page<Entry> {
  const after = fields.optionalInteger('after', POSITION) ?? 0;
  const end = after + (fields.optionalInteger('limit', PAGE) ?? DEFAULT_PAGE);
  return { entries: entries.slice(after, end), next: end < entries.length ? end : null };
}
