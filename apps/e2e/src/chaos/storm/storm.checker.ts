/** A message that must arrive once, and after the previous one in its chat. */
export interface ExpectedMessage {
  /** A session, or the phone of a contact. */
  readonly receiver: string;
  readonly chat: string;
  /** Its position in the chat: increases, not necessarily by one. */
  readonly n: number;
  /** Unique per receiver. */
  readonly text: string;
}

/** A message that arrived; its text identifies it. */
export interface SeenMessage {
  readonly receiver: string;
  readonly text: string;
}

/** The outcomes of the messages. Lists contain messages as `<receiver> <text>`. */
export interface StormVerdict {
  readonly expected: number;
  readonly arrived: number;
  readonly lost: string[];
  /** One entry for each arrival beyond the first. */
  readonly duplicated: string[];
  /** Messages that arrived (first) after a later one of the same chat, with the latest one before them. */
  readonly outOfOrder: string[];
  /** Arrivals that nobody sent. */
  readonly unknown: string[];
}

/** Compares the arrivals, in the order of arrival, with the sent messages. Pure. */
export function judgeMessages(expected: readonly ExpectedMessage[], seen: readonly SeenMessage[]): StormVerdict {
  const wanted = new Map(expected.map(message => [keyOf(message), message]));
  const arrived = new Set<string>();
  const latest = new Map<string, number>();
  const duplicated: string[] = [];
  const outOfOrder: string[] = [];
  const unknown: string[] = [];
  for (const arrival of seen) {
    const key = keyOf(arrival);
    const message = wanted.get(key);
    if (!message) unknown.push(key);
    else if (arrived.has(key)) duplicated.push(key);
    else {
      arrived.add(key);
      const chat = `${message.receiver} ${message.chat}`;
      const before = latest.get(chat) ?? -Infinity;
      if (message.n < before) outOfOrder.push(`${key} after ${before}`);
      latest.set(chat, Math.max(before, message.n));
    }
  }
  const lost = [...wanted.keys()].filter(key => !arrived.has(key));
  return { expected: wanted.size, arrived: arrived.size, lost, duplicated, outOfOrder, unknown };
}

/** A receipt or notification, identified by its mark. */
export interface ExpectedSignal {
  readonly mark: string;
  /** WhatsApp will not send it again. */
  readonly acknowledged: boolean;
}

export interface SignalVerdict {
  readonly sent: number;
  readonly arrived: number;
  /** Acknowledged to WhatsApp but never published as an event. */
  readonly lost: number;
  /** Not acknowledged, so WhatsApp would resend them. */
  readonly open: number;
  readonly lostPercent: number;
}

/** Counts the receipts or notifications without an event. Pure. */
export function judgeSignals(signals: readonly ExpectedSignal[], marks: ReadonlySet<string>): SignalVerdict {
  const missing = signals.filter(({ mark }) => !marks.has(mark));
  const lost = missing.filter(({ acknowledged }) => acknowledged).length;
  const percent = signals.length === 0 ? 0 : Math.round((lost / signals.length) * 100_00) / 100;
  return { sent: signals.length, arrived: signals.length - missing.length, lost, open: missing.length - lost, lostPercent: percent };
}

/**
 * Returns the first difference between two readings of the same events: `null` if they have
 * the same ids in the same order, else the position and the id in each reading. Pure.
 */
export function firstDifference(one: readonly string[], other: readonly string[]): string | null {
  const length = Math.max(one.length, other.length);
  for (let i = 0; i < length; i++) {
    if (one[i] !== other[i]) return `at ${i} of ${length}: ${one[i] ?? 'nothing'} and ${other[i] ?? 'nothing'}`;
  }
  return null;
}

function keyOf({ receiver, text }: SeenMessage): string {
  return `${receiver} ${text}`;
}
