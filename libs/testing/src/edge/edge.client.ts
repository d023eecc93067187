import type { CommandMessage, CommandOutcome, ErrorCode, SubscribeOutcome, SubscribeRequest } from '@wabus/contracts';
import { EventClient, type EventClientOptions } from './event.client.js';
import { requireListedError } from './listed-errors.policy.js';

/** A response of the edge: JSON bodies parsed, others as text. */
export interface EdgeAnswer<Body = unknown> {
  status: number;
  headers: Headers;
  body: Body;
}

export type { CommandMessage, CommandOutcome, SubscribeOutcome, SubscribeRequest };

/** A client of an edge's HTTP API and Socket.IO gateway, for tests. */
export class EdgeClient {
  private readonly connections = new Set<EventClient>();

  constructor(
    readonly url: string,
    readonly token: string
  ) {}

  get<Body = unknown>(path: string): Promise<EdgeAnswer<Body>> {
    return this.request('GET', path);
  }

  post<Body = unknown>(path: string, body?: unknown, headers: Record<string, string> = {}): Promise<EdgeAnswer<Body>> {
    return this.request('POST', path, body, headers);
  }

  put<Body = unknown>(path: string, body?: unknown): Promise<EdgeAnswer<Body>> {
    return this.request('PUT', path, body);
  }

  delete<Body = unknown>(path: string): Promise<EdgeAnswer<Body>> {
    return this.request('DELETE', path);
  }

  /** Resolves with any status; only a failed connection throws. */
  async request<Body = unknown>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {}
  ): Promise<EdgeAnswer<Body>> {
    const response = await fetch(new URL(path, this.url), {
      method,
      headers: { authorization: `Bearer ${this.token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      body: body === undefined ? undefined : JSON.stringify(body)
    });
    const text = await response.text();
    const json = response.headers.get('content-type')?.includes('json') === true && text !== '';
    const answer: unknown = json ? JSON.parse(text) : text;
    const [, command] = /^\/api\/sessions\/[^/]+\/commands\/(\w+)$/.exec(path) ?? [];
    if (!response.ok) requireListedError(command, (answer as { error?: { code: ErrorCode } } | null)?.error?.code);
    return { status: response.status, headers: response.headers, body: answer as Body };
  }

  /** Opens a Socket.IO connection to the event gateway and resolves when it is connected. */
  async connectEvents(options: EventClientOptions = {}): Promise<EventClient> {
    const client = new EventClient(this.url, { token: this.token, ...options });
    this.connections.add(client);
    await client.connected();
    return client;
  }

  /** Closes every connection that it opened. */
  close(): void {
    for (const connection of this.connections) connection.close();
    this.connections.clear();
  }
}
