// @ts-check
// How the streams share the disk: all reservations together, since JetStream takes no stream whose reservation does not fit beside the others'.

const MIB = 2 ** 20;
const GIB = 2 ** 30;

/** JetStream's own rule: a server whose limit is not set uses three quarters of what is free when it starts. */
export const JETSTREAM_SHARE = 0.75;

/**
 * What keeps a size of its own. `usual`: on a disk with room. `least`: with less Wabus is of little use, so it is not chosen automatically.
 * @typedef {{ stream: string, setting: string, usual: number, least: number }} SizedStream
 * @typedef {'events' | 'media' | 'parts'} SizedKind
 * @type {Record<SizedKind, SizedStream>}
 */
export const STREAMS = {
  events: { stream: 'WABUS_EVENTS', setting: 'WABUS_EVENTS_MAX_BYTES', usual: 10 * GIB, least: 512 * MIB },
  // A file may have 128 MiB.
  media: { stream: 'OBJ_WABUS_MEDIA', setting: 'WABUS_MEDIA_MAX_BYTES', usual: 5 * GIB, least: 256 * MIB },
  // WhatsApp takes no message of more than 16 MiB, and a session may hold half of what is free.
  parts: { stream: 'OBJ_WABUS_EVENT_PARTS', setting: 'WABUS_EVENT_PARTS_MAX_BYTES', usual: GIB, least: 48 * MIB }
};

export const SIZED_KINDS = /** @type {SizedKind[]} */ (Object.keys(STREAMS));

/** The buckets (credentials, registry, read models …) reserve nothing, but grow: room is left for them. */
export const BUCKETS = { stream: 'KV_WABUS_*', usual: GIB, least: 256 * MIB };

/** What all need at least. */
const LEAST_BYTES = SIZED_KINDS.reduce((sum, kind) => sum + STREAMS[kind].least, BUCKETS.least);

/** What must be free for a first start with nothing set. */
export const LEAST_FREE_BYTES = Math.ceil(LEAST_BYTES / JETSTREAM_SHARE);

/**
 * @typedef {Record<SizedKind, number>} Sizes bytes; -1 for no limit
 * @typedef {{ stream: string, setting: string | null, needBytes: number, haveBytes: number }} Lack
 */

/**
 * Divides what JetStream may use among the streams. What was set stays as it was set; the rest gets its usual size, or less in proportion, but
 * never less than its least.
 * @param {number} budgetBytes what JetStream may use in all
 * @param {Partial<Sizes>} set sizes that somebody chose
 * @returns {{ sizes: Sizes } | { lack: Lack }} which one does not fit beside the others, or how large each becomes; the sum of reservations and the
 * least room of the buckets never exceeds the budget
 */
export function planStorage(budgetBytes, set) {
  let left = budgetBytes - BUCKETS.least;
  if (left < 0) return { lack: { stream: BUCKETS.stream, setting: null, needBytes: BUCKETS.least, haveBytes: Math.max(0, budgetBytes) } };
  const open = SIZED_KINDS.filter(name => set[name] === undefined);
  // What was set comes first: it cannot be made smaller.
  for (const kind of [...SIZED_KINDS.filter(name => set[name] !== undefined), ...open]) {
    const needBytes = reserved(kind, set[kind]);
    if (needBytes > left) return { lack: { ...named(kind), needBytes, haveBytes: left } };
    left -= needBytes;
  }
  const wanted = open.reduce((sum, kind) => sum + STREAMS[kind].usual - STREAMS[kind].least, 0);
  // The buckets get a tenth of what is left beyond everybody's least.
  const share = wanted === 0 ? 0 : Math.min(1, (left - Math.min(BUCKETS.usual - BUCKETS.least, left / 10)) / wanted);
  const sizeOf = (/** @type {SizedKind} */ kind) =>
    set[kind] ?? Math.floor(STREAMS[kind].least + share * (STREAMS[kind].usual - STREAMS[kind].least));
  return { sizes: { events: sizeOf('events'), media: sizeOf('media'), parts: sizeOf('parts') } };
}

/**
 * What JetStream must be allowed to use for a plan.
 * @param {Sizes} sizes
 */
export function reservedBytes(sizes) {
  return SIZED_KINDS.reduce((sum, kind) => sum + reserved(kind, sizes[kind]), BUCKETS.least);
}

/**
 * The size of the parts of events in an installation that was planned before there were any.
 * @param {number} eventsBytes that of its event stream
 */
export function partsBeside(eventsBytes) {
  const { usual, least } = STREAMS.parts;
  return eventsBytes < 0 ? usual : Math.min(usual, Math.max(least, Math.floor(eventsBytes / 10)));
}

/**
 * One line for people.
 * @param {Lack} lack
 * @param {{ folder: string, freeBytes: number }} disk
 */
export function lackMessage({ stream, setting, needBytes, haveBytes }, { folder, freeBytes }) {
  const smaller = setting === null ? '' : `, or lower ${setting}`;
  return (
    `Too little disk for the stream ${stream}: it needs ${inUnits(needBytes)}, and ${inUnits(haveBytes)} are available. ` +
    `${folder} has ${inUnits(freeBytes)} free, of which JetStream may use three quarters. ` +
    `Free some space (${inUnits(LEAST_FREE_BYTES)} are enough), choose another disk with --data${smaller}.`
  );
}

/**
 * A stream without a limit reserves nothing, but needs room anyway.
 * @param {SizedKind} kind
 * @param {number | undefined} size
 */
function reserved(kind, size) {
  return size === undefined || size < 0 ? STREAMS[kind].least : size;
}

/** @param {SizedKind} kind */
function named(kind) {
  return { stream: STREAMS[kind].stream, setting: STREAMS[kind].setting };
}

/** @param {number} bytes */
function inUnits(bytes) {
  return bytes >= GIB ? `${(bytes / GIB).toFixed(1)} GiB` : `${Math.floor(bytes / MIB)} MiB`;
}
