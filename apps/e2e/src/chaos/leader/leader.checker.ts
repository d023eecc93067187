import { judgeMessages, type ExpectedMessage, type SeenMessage, type StormVerdict } from '../storm/storm.checker.js';

/** An arrival that may come again under the same id, and when it came. */
export interface ReaderArrival extends SeenMessage {
  /** Of the delivery or event: the same when it is repeated. */
  readonly id: string;
  readonly at: number;
}

/** What one reader of the events was given. */
export interface ReaderVerdict extends StormVerdict {
  /** Arrivals under an id that had come before, which at-least-once delivery permits. */
  readonly repeated: number;
  /** The longest time without an arrival after the fault. */
  readonly silentMs: number;
}

/** Holds the arrivals at one reader against what was sent: a repeated id counts once. Pure. */
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

/** From the fault on, up to the last arrival. Pure. */
function longestSilence(arrivals: readonly ReaderArrival[], faultAt: number): number {
  const times = arrivals.map(({ at }) => at).filter(at => at >= faultAt);
  return times.reduce<[number, number]>(([longest, before], at) => [Math.max(longest, at - before), at], [0, faultAt])[0];
}

/** What is wrong at a reader, a few examples of each; empty when nothing is. Pure. */
export function readerFaults(reader: string, verdict: ReaderVerdict): string[] {
  return (['lost', 'duplicated', 'outOfOrder', 'unknown'] as const).flatMap(kind => {
    const found = verdict[kind];
    return found.length === 0 ? [] : [`${kind} (${reader}): ${found.length}, such as ${found.slice(0, 3).join('; ')}`];
  });
}

/** Where two readings of the same records differ, a few examples; empty when they agree. Pure. */
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
