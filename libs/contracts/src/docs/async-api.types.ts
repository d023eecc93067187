/** The parts of AsyncAPI 3.0 that the document uses. A test in `tools/docs` validates the document against the official schema. */
export type Reference = { $ref: string };

export type JsonSchema = { [keyword: string]: unknown };

export interface AsyncApiMessage {
  name: string;
  summary: string;
  contentType?: string;
  headers?: JsonSchema;
  payload: JsonSchema;
  examples?: { name: string; payload: unknown }[];
}

export interface AsyncApiChannel {
  address: string;
  description: string;
  servers: Reference[];
  parameters?: Record<string, { description: string }>;
  messages: Record<string, Reference>;
}

export interface AsyncApiOperation {
  /** The direction from the perspective of Wabus: clients receive what it sends. */
  action: 'send' | 'receive';
  channel: Reference;
  summary: string;
  messages: Reference[];
  reply?: { channel: Reference; messages: Reference[] };
}

export interface AsyncApiDocument {
  asyncapi: '3.0.0';
  info: { title: string; version: string; description: string; license: { name: string } };
  defaultContentType: string;
  servers: Record<string, Record<string, unknown>>;
  channels: Record<string, AsyncApiChannel>;
  operations: Record<string, AsyncApiOperation>;
  components: {
    schemas: Record<string, JsonSchema>;
    messages: Record<string, AsyncApiMessage>;
    securitySchemes: Record<string, Record<string, string>>;
  };
}

/** The part of the document for one transport: its channels, its operations and its additional messages. */
export type AsyncApiPart = Pick<AsyncApiDocument, 'channels' | 'operations'> & { messages: Record<string, AsyncApiMessage> };

export const schemaRef = (name: string): Reference => ({ $ref: `#/components/schemas/${name}` });
export const messageRef = (name: string): Reference => ({ $ref: `#/components/messages/${name}` });
export const channelRef = (name: string): Reference => ({ $ref: `#/channels/${name}` });
/** Returns a reference to a message of a channel, as operations use it. */
export const channelMessageRef = (channel: string, name: string): Reference => ({ $ref: `#/channels/${channel}/messages/${name}` });
export const serverRef = (name: string): Reference => ({ $ref: `#/servers/${name}` });

/** Returns references to the messages with these names, by name. */
export function byName(names: readonly string[]): Record<string, Reference> {
  return Object.fromEntries(names.map(name => [name, messageRef(name)]));
}
