import { connect } from '@nats-io/transport-node';

interface StreamInfo {
  readonly config: object;
  readonly state: { readonly messages: number };
}

/** Changes settings of a JetStream stream, in the names and units of its API (`duplicate_window` in ns), without notifying its creator. */
export async function changeStream(url: string, stream: string, change: (state: StreamInfo['state']) => object): Promise<void> {
  const connection = await connect({ servers: [url] });
  try {
    const ask = async <T extends object>(verb: string, body?: object): Promise<T> => {
      const reply = await connection.request(`$JS.API.STREAM.${verb}.${stream}`, body && JSON.stringify(body));
      const answer = reply.json<T & { error?: { description: string } }>();
      if (answer.error) throw new Error(`${verb} of ${stream}: ${answer.error.description}`);
      return answer;
    };
    const { config, state } = await ask<StreamInfo>('INFO');
    await ask('UPDATE', { ...config, ...change(state) });
  } finally {
    await connection.close();
  }
}

/** Removes the messages before a sequence, as the limits of a stream eventually do. */
export async function dropBefore(url: string, stream: string, sequence: number): Promise<void> {
  const connection = await connect({ servers: [url] });
  try {
    const answer = (await connection.request(`$JS.API.STREAM.PURGE.${stream}`, JSON.stringify({ seq: sequence }))).json<{
      success?: boolean;
    }>();
    if (answer.success !== true) throw new Error(`PURGE of ${stream} failed`);
  } finally {
    await connection.close();
  }
}
