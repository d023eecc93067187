interface Varz {
  in_msgs: number;
  in_bytes: number;
  out_msgs: number;
  out_bytes: number;
}

interface StreamReport {
  name: string;
  state: { last_seq: number };
}

interface Jsz {
  api: { total: number };
  account_details?: { stream_detail?: StreamReport[] }[];
}

/** The counters of a nats-server since its start. */
export interface NatsStatistics {
  /** Messages and bytes from clients and to clients. */
  readonly received: number;
  readonly receivedBytes: number;
  readonly sent: number;
  readonly sentBytes: number;
  /** Requests to the API of JetStream. */
  readonly requests: number;
  /** Messages ever stored, by stream. */
  readonly stored: ReadonlyMap<string, number>;
}

/** Reads the monitoring port of a nats-server. */
export async function readNatsStatistics(monitor: string): Promise<NatsStatistics> {
  const read = async <T>(path: string): Promise<T> => (await (await fetch(`${monitor}${path}`)).json()) as T;
  const [varz, jsz] = await Promise.all([read<Varz>('/varz'), read<Jsz>('/jsz?accounts=true&streams=true')]);
  const streams = (jsz.account_details ?? []).flatMap(({ stream_detail }) => stream_detail ?? []);
  return {
    received: varz.in_msgs,
    receivedBytes: varz.in_bytes,
    sent: varz.out_msgs,
    sentBytes: varz.out_bytes,
    requests: jsz.api.total,
    stored: new Map(streams.map(({ name, state }) => [name, state.last_seq]))
  };
}
