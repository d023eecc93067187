/** The content of a span. Values are ids and words of closed lists: no text, number, key, token or address of a chat goes into a trace. */
export interface Stage {
  readonly name: string;
  readonly kind: 'internal' | 'server' | 'client' | 'producer' | 'consumer';
  readonly attributes: Readonly<Record<string, string | number>>;
  /** Trace contexts of additional causes. */
  readonly links?: readonly string[];
}

/** The facts of an event that its stages contain. */
export interface TracedEvent {
  readonly id: string;
  readonly session: string;
  readonly event: string;
}

const NATS = { 'messaging.system': 'nats' } as const;
const WHATSAPP = { 'messaging.system': 'whatsapp', 'messaging.destination.name': 'whatsapp' } as const;

const ofEvent = ({ id, session, event }: TracedEvent, operation: string, type: 'send' | 'process') => ({
  ...NATS,
  'messaging.operation.type': type,
  'messaging.operation.name': operation,
  'messaging.destination.name': `wa.evt.${session}.${event}`,
  'messaging.destination.template': `wa.evt.{session}.${event}`,
  'messaging.message.id': id,
  'wabus.session': session,
  'wabus.event': event
});

const ofCommand = (session: string, method: string, operation: string, type: 'send' | 'process') => ({
  ...NATS,
  'messaging.operation.type': type,
  'messaging.operation.name': operation,
  'messaging.destination.name': `wa.cmd.${session}.${method}`,
  'messaging.destination.template': `wa.cmd.{session}.${method}`,
  'rpc.method': method,
  'wabus.session': session
});

/** Every traced stage, by the semantic conventions of OpenTelemetry for messaging and HTTP. */
export const STAGES = {
  /** A frame with a message, from its reception until it has been handled. */
  receive: (session: string): Stage => ({
    name: 'receive whatsapp',
    kind: 'consumer',
    attributes: { ...WHATSAPP, 'messaging.operation.type': 'receive', 'messaging.operation.name': 'receive', 'wabus.session': session }
  }),
  /** The message is written to disk, before WhatsApp gets its receipt. */
  commit: (session: string): Stage => ({ name: 'commit inbox', kind: 'internal', attributes: { 'wabus.session': session } }),
  /** An event, until the log has acknowledged it. */
  publish: (event: TracedEvent): Stage => ({
    name: `publish wa.evt.{session}.${event.event}`,
    kind: 'producer',
    attributes: ofEvent(event, 'publish', 'send')
  }),
  /** An event is written to Socket.IO clients. */
  emit: (event: TracedEvent): Stage => ({
    name: `emit wa.evt.{session}.${event.event}`,
    kind: 'consumer',
    attributes: { ...ofEvent(event, 'emit', 'process'), 'wabus.receiver': 'socket.io' }
  }),
  /** An event is at a client of a durable subscription, until the client responds. */
  deliver: (event: TracedEvent, attempt: number): Stage => ({
    name: `deliver wa.evt.{session}.${event.event}`,
    kind: 'consumer',
    attributes: { ...ofEvent(event, 'deliver', 'process'), 'wabus.receiver': 'durable', 'wabus.attempt': attempt }
  }),
  /** One attempt to deliver events to a webhook. The address is left out, because it may contain a token. */
  webhook: (event: TracedEvent, attempt: number, links: readonly string[]): Stage => ({
    name: 'POST webhook',
    kind: 'client',
    attributes: {
      'http.request.method': 'POST',
      'http.request.resend_count': attempt - 1,
      'wabus.receiver': 'webhook',
      'wabus.attempt': attempt,
      'wabus.session': event.session,
      'wabus.event': event.event,
      'messaging.message.id': event.id
    },
    links
  }),
  /** An HTTP request. Its path may contain jids, so only the route is named, at the end. */
  request: (method: string): Stage => ({ name: method, kind: 'server', attributes: { 'http.request.method': method } }),
  /** A command of a Socket.IO client. */
  command: (method: string): Stage => ({
    name: `command ${method}`,
    kind: 'server',
    attributes: { 'rpc.system': 'socket.io', 'rpc.method': method }
  }),
  /** A command is sent to the owner of the session. */
  ask: (session: string, method: string): Stage => ({
    name: `request wa.cmd.{session}.${method}`,
    kind: 'client',
    attributes: ofCommand(session, method, 'request', 'send')
  }),
  /** The owner executes the command. */
  serve: (session: string, method: string): Stage => ({
    name: `process wa.cmd.{session}.${method}`,
    kind: 'server',
    attributes: ofCommand(session, method, 'process', 'process')
  }),
  /** A message is sent, until WhatsApp confirms it. */
  send: (session: string): Stage => ({
    name: 'send whatsapp',
    kind: 'client',
    attributes: { ...WHATSAPP, 'messaging.operation.type': 'send', 'messaging.operation.name': 'send', 'wabus.session': session }
  }),
  /** A stage of a message that a command sent: a receipt of the phone, for example. */
  progress: (session: string, stage: string): Stage => ({
    name: `progress ${stage}`,
    kind: 'consumer',
    attributes: { ...WHATSAPP, 'messaging.operation.type': 'receive', 'messaging.operation.name': stage, 'wabus.session': session }
  })
} as const;
