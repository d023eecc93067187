// @ts-check
// Plans how the streams share the disk. It considers all reservations together, because JetStream refuses a stream whose reservation does not
// fit in addition to the others.

const MIB = 2 ** 20;
const GIB = 2 ** 30;

/** JetStream's own default: a server without a configured limit uses three quarters of the free space at its start. */
export const JETSTREAM_SHARE = 0.75;

/**
 * The streams with a configurable size. `usual` is the size on a disk with enough space. Below `least`, Wabus is of little use, so a smaller
 * size is never chosen automatically.
 * @typedef {{ stream: string, setting: string, usual: number, least: number }} SizedStream
 * @typedef {'events' | 'media' | 'parts'} SizedKind
 * @type {Record<SizedKind, SizedStream>}
 */
export const STREAMS = {
  events: { stream: 'WABUS_EVENTS', setting: 'WABUS_EVENTS_MAX_BYTES', usual: 10 * GIB, least: 512 * MIB },
  // A file may have up to 128 MiB.
  media: { stream: 'OBJ_WABUS_MEDIA', setting: 'WABUS_MEDIA_MAX_BYTES', usual: 5 * GIB, least: 256 * MIB },
  // WhatsApp accepts no message larger than 16 MiB, and a session may use half of the free space.
  parts: { stream: 'OBJ_WABUS_EVENT_PARTS', setting: 'WABUS_EVENT_PARTS_MAX_BYTES', usual: GIB, least: 48 * MIB }
};

export const SIZED_KINDS = /** @type {SizedKind[]} */ (Object.keys(STREAMS));

/** The buckets (credentials, registry, read models …) reserve nothing but grow, so the plan leaves space for them. */
export const BUCKETS = { stream: 'KV_WABUS_*', usual: GIB, least: 256 * MIB };

/** The minimum for all streams together. */
const LEAST_BYTES = SIZED_KINDS.reduce((sum, kind) => sum + STREAMS[kind].least, BUCKETS.least);

/** The free space that a first start without size settings requires. */
export const LEAST_FREE_BYTES = Math.ceil(LEAST_BYTES / JETSTREAM_SHARE);

/**
 * @typedef {Record<SizedKind, number>} Sizes in bytes; -1 for no limit
 * @typedef {{ stream: string, setting: string | null, needBytes: number, haveBytes: number }} Lack
 */

/**
 * Divides the space that JetStream may use among the streams. Sizes that the user has set stay unchanged; the other streams get their usual
 * size, or proportionally less, but never less than their minimum.
 * @param {number} budgetBytes the total space that JetStream may use
 * @param {Partial<Sizes>} set sizes that the user has set
 * @returns {{ sizes: Sizes } | { lack: Lack }} the size of each stream, or the stream that does not fit in addition to the others; the sum of
 * the reservations and the minimum for the buckets never exceeds the budget
 */
export function planStorage(budgetBytes, set) {
  let left = budgetBytes - BUCKETS.least;
  if (left < 0) return { lack: { stream: BUCKETS.stream, setting: null, needBytes: BUCKETS.least, haveBytes: Math.max(0, budgetBytes) } };
  const open = SIZED_KINDS.filter(name => set[name] === undefined);
  // Sizes that the user has set come first, because they cannot be reduced.
  for (const kind of [...SIZED_KINDS.filter(name => set[name] !== undefined), ...open]) {
    const needBytes = reserved(kind, set[kind]);
    if (needBytes > left) return { lack: { ...named(kind), needBytes, haveBytes: left } };
    left -= needBytes;
  }
  const wanted = open.reduce((sum, kind) => sum + STREAMS[kind].usual - STREAMS[kind].least, 0);
  // The buckets get a tenth of the space that remains after all minimum sizes.
  const share = wanted === 0 ? 0 : Math.min(1, (left - Math.min(BUCKETS.usual - BUCKETS.least, left / 10)) / wanted);
  const sizeOf = (/** @type {SizedKind} */ kind) =>
    set[kind] ?? Math.floor(STREAMS[kind].least + share * (STREAMS[kind].usual - STREAMS[kind].least));
  return { sizes: { events: sizeOf('events'), media: sizeOf('media'), parts: sizeOf('parts') } };
}

/**
 * Returns the space that JetStream must be allowed to use for a plan.
 * @param {Sizes} sizes
 */
export function reservedBytes(sizes) {
  return SIZED_KINDS.reduce((sum, kind) => sum + reserved(kind, sizes[kind]), BUCKETS.least);
}

/**
 * Returns the size of the stream for parts of events in an installation that was planned before this stream existed.
 * @param {number} eventsBytes the size of its event stream
 */
export function partsBeside(eventsBytes) {
  const { usual, least } = STREAMS.parts;
  return eventsBytes < 0 ? usual : Math.min(usual, Math.max(least, Math.floor(eventsBytes / 10)));
}

/**
 * Returns the error message, in one line.
 * @param {Lack} lack
 * @param {{ folder: string, freeBytes: number }} disk
 */
export function lackMessage({ stream, setting, needBytes, haveBytes }, { folder, freeBytes }) {
  const smaller = setting === null ? '' : `, or lower ${setting}`;
  return (
    `Too little disk for the stream ${stream}: it needs ${inUnits(needBytes)}, and ${inUnits(haveBytes)} are available. ` +
    `${folder} has ${inUnits(freeBytes)} free, of which JetStream may use three quarters. ` +
    `Free some space (${inUnits(LEAST_FREE_BYTES)} is enough), choose another disk with --data${smaller}.`
  );
}

/**
 * A stream without a limit reserves nothing, but still needs space.
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
