import { judgeMessages, type ExpectedMessage, type SeenMessage, type StormVerdict } from '../storm/storm.checker.js';

/** An arrival that may be repeated under the same id, and its time. */
export interface ReaderArrival extends SeenMessage {
  /** The id of the delivery or event, which is the same if it is repeated. */
  readonly id: string;
  readonly at: number;
}

/** The verdict on the events that one reader received. */
export interface ReaderVerdict extends StormVerdict {
  /** Arrivals with an id that had arrived before, which at-least-once delivery permits. */
  readonly repeated: number;
  /** The longest time without an arrival after the fault. */
  readonly silentMs: number;
}

/** Compares the arrivals at one reader with the sent messages: a repeated id counts once. Pure. */
export function judgeReader(expected: readonly ExpectedMessage[], arrivals: readonly ReaderArrival[], faultAt: number): ReaderVerdict {
  const ids = new Set<string>();
  const firsts = arrivals.filter(({ receiver, id }) => {
    const key = `${receiver} ${id}`;
    if (ids.has(key)) return false;
    ids.add(key);
    return true;
  });
  const verdict = judgeMessages(expected, firsts);
  return { ...verdict, repeated: arrivals.length - firsts.length, silentMs: longestSilence(arrivals, faultAt) };
}

/** Returns the longest time without an arrival between the fault and the last arrival. Pure. */
function longestSilence(arrivals: readonly ReaderArrival[], faultAt: number): number {
  const times = arrivals.map(({ at }) => at).filter(at => at >= faultAt);
  return times.reduce<[number, number]>(([longest, before], at) => [Math.max(longest, at - before), at], [0, faultAt])[0];
}

/** Returns the faults of a reader with a few examples each; empty if there are none. Pure. */
export function readerFaults(reader: string, verdict: ReaderVerdict): string[] {
  return (['lost', 'duplicated', 'outOfOrder', 'unknown'] as const).flatMap(kind => {
    const found = verdict[kind];
    return found.length === 0 ? [] : [`${kind} (${reader}): ${found.length}, such as ${found.slice(0, 3).join('; ')}`];
  });
}

/** Returns a few examples of differences between two readings of the same records; empty if they agree. Pure. */
export function recordDifferences(live: ReadonlyMap<string, string>, rebuilt: ReadonlyMap<string, string>): string[] {
  const keys = new Set([...live.keys(), ...rebuilt.keys()]);
  const found = [...keys].filter(key => live.get(key) !== rebuilt.get(key));
  return found
    .slice(0, 3)
    .map(
      key =>
        `${found.length} records of the read models differ, such as ${key}: ${live.get(key) ?? 'none'} but ${rebuilt.get(key) ?? 'none'} from the log`
    );
}
