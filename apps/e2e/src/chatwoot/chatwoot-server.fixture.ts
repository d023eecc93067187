import { createHmac, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Ajv, type ValidateFunction } from 'ajv';
import { awaitCondition } from '@wabus/testing';
import {
  ChatwootRefusal,
  ChatwootRecords,
  type ChatwootFile,
  type ChatwootMessage,
  type ChatwootFields
} from './chatwoot-records.state.js';
import { REQUESTS } from './chatwoot-requests.table.js';

const ACCOUNT = 1;
/** lib/webhooks/trigger.rb: Chatwoot waits this long, and does not repeat. */
const WEBHOOK_WAIT_MS = 5_000;

/** Simulates Chatwoot: refuses what its published API would refuse, and sends webhooks as it does. */
export class ChatwootServer implements AsyncDisposable {
  readonly token = randomUUID();
  readonly records = new ChatwootRecords();
  /** Refused calls with the reasons. */
  readonly refused: string[] = [];
  /** Received calls, in order. */
  readonly calls: string[] = [];
  webhookUrl = '';
  secret: string = randomUUID();
  /** While set, the server responds to everything with 503, as behind a proxy during an upgrade. */
  isDown = false;
  /** Withholds the responses to matching calls after they have taken effect. */
  holds: RegExp | null = null;
  held = 0;
  private readonly rows = REQUESTS.map(row => ({ ...row, validate: row.body ? compile(row.body) : null }));
  private webhooks: Promise<void> = Promise.resolve();

  private constructor(private readonly server: Server) {}

  static async listen(): Promise<ChatwootServer> {
    const server = createServer();
    const chatwoot = new ChatwootServer(server);
    server.on('request', (request: IncomingMessage, response: ServerResponse) => void chatwoot.answer(request, response));
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    chatwoot.records.url = chatwoot.url;
    return chatwoot;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Writes a message as an agent. */
  write(conversation: number, content: string, more: Partial<ChatwootMessage> = {}): ChatwootMessage {
    const message = this.records.addMessage(conversation, { content, message_type: 'outgoing', ...more });
    this.report('message_created', message);
    return message;
  }

  /** Deletes a message as an agent. */
  remove(message: ChatwootMessage): void {
    this.records.deleteMessage(message);
    this.report('message_updated', message);
  }

  /** Edits a message as an agent, which some distributions of Chatwoot support. */
  correct(message: ChatwootMessage, content: string): void {
    message.content = content;
    this.report('message_updated', message);
  }

  /** Adds a file that an agent attaches. */
  attach(name: string, type: string, bytes: Buffer): ChatwootFile {
    return this.records.addFile({ name, type, bytes });
  }

  /** Resolves once the webhooks so far have a response or have timed out. */
  async settleWebhooks(): Promise<void> {
    await this.webhooks;
  }

  /** Resolves with the message that has this text, once it exists. */
  async awaitMessage(text: string | RegExp, waitMs = 30_000): Promise<ChatwootMessage> {
    const matches = ({ content }: ChatwootMessage): boolean => (typeof text === 'string' ? content === text : text.test(content));
    const all = await awaitCondition(
      () => [...this.records.messages.values()],
      messages => messages.some(matches),
      { waitMs, what: `the message ${String(text)} in Chatwoot (refused: ${this.refused.join('; ')})` }
    );
    return all.find(matches)!;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', this.url);
    const call = `${request.method} ${pathname}`;
    try {
      if (this.isDown) return void response.writeHead(503).end('down');
      const file = this.records.files.get(pathname);
      if (file) return void response.writeHead(200, { 'content-type': file.type }).end(file.bytes);
      const body = await fieldsOf(request);
      this.calls.push(call);
      const result = this.execute(request, { pathname, searchParams, body });
      if (this.holds?.test(call)) return void this.held++;
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result ?? {}));
    } catch (error) {
      const status = error instanceof ChatwootRefusal ? error.status : 500;
      this.refused.push(`${call}: ${status} ${String(error)}`);
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ error: String(error) }));
    }
  }

  private execute(request: IncomingMessage, { pathname, searchParams, body }: Call): unknown {
    const seen = /^\/public\/api\/v1\/inboxes\/([^/]+)\/contacts\/([^/]+)\/conversations\/(\d+)\/update_last_seen$/.exec(pathname);
    if (seen && request.method === 'POST') return this.records.seen(seen[1]!, seen[2]!, Number(seen[3]));
    if (request.headers['api_access_token'] !== this.token) throw new ChatwootRefusal(401, 'You need to sign in or sign up');
    const path = pathname.slice(`/api/v1/accounts/${ACCOUNT}/`.length);
    const row = this.rows.find(each => each.method === request.method && each.path.test(path));
    if (!row || !pathname.startsWith(`/api/v1/accounts/${ACCOUNT}/`)) throw new ChatwootRefusal(404, 'no such route');
    const stranger = [...searchParams.keys()].find(name => !row.query?.includes(name));
    if (stranger !== undefined) throw new ChatwootRefusal(422, `unknown parameter ${stranger}`);
    if (row.validate && !row.validate(body)) throw new ChatwootRefusal(422, JSON.stringify(row.validate.errors));
    if (!row.validate && Object.keys(body).length > 0) throw new ChatwootRefusal(422, 'a body is not expected');
    return this.dispatch(`${row.method} ${path.replace(/\d+/g, ':id')}`, {
      ids: (path.match(/\d+/g) ?? []).map(Number),
      body,
      searchParams
    });
  }

  private dispatch(route: string, { ids: [first = 0, second = 0], body, searchParams }: RoutedCall): unknown {
    const { records } = this;
    switch (route) {
      case 'GET inboxes/:id':
        return records.inbox(first);
      case 'POST inboxes':
        return { ...records.inbox(records.inboxId), name: body['name'], secret: this.secret };
      case 'GET contacts/search':
        return { payload: records.search(searchParams.get('q') ?? '') };
      case 'POST contacts':
        return { payload: records.createContact(body) };
      case 'GET contacts/:id':
        return { payload: records.contactView(first) };
      case 'PUT contacts/:id':
        return { payload: records.updateContact(first, body) };
      case 'GET contacts/:id/conversations':
        return { payload: records.conversationsOf(first) };
      case 'POST contacts/:id/contact_inboxes':
        return records.addContactInbox(first, body);
      case 'POST actions/contact_merge':
        return records.merge(Number(body['base_contact_id']), Number(body['mergee_contact_id']));
      case 'GET conversations':
        return { data: { payload: Number(searchParams.get('page')) > 1 ? [] : records.conversationViews() } };
      case 'POST conversations':
        return records.createConversation(body);
      case 'GET conversations/:id':
        return records.conversationView(first);
      case 'POST conversations/:id/toggle_status':
        return records.setConversationStatus(first, String(body['status']));
      case 'GET conversations/:id/messages':
        return { payload: records.page(first, Number(searchParams.get('before') ?? Infinity)) };
      case 'POST conversations/:id/messages':
        return this.createMessage(first, body);
      case 'PATCH conversations/:id/messages/:id':
        return this.updateStatus(second, body);
      case 'DELETE conversations/:id/messages/:id':
        return this.remove(records.message(second));
      default:
        throw new ChatwootRefusal(404, route);
    }
  }

  private createMessage(conversation: number, { attachments = [], ...fields }: ChatwootFields): unknown {
    const files = (attachments as Omit<ChatwootFile, 'path'>[]).map(file => this.records.addFile(file));
    const message = this.records.addMessage(conversation, { ...(fields as Partial<ChatwootMessage>), files });
    // Chatwoot reports every message, even those that the receiver created itself.
    this.report('message_created', message);
    return this.records.messageView(message);
  }

  private updateStatus(id: number, { status, external_error: reason }: ChatwootFields): unknown {
    const message = this.records.message(id);
    message.status = String(status);
    if (reason) message.content_attributes = { ...message.content_attributes, external_error: reason };
    this.report('message_updated', message);
    return this.records.messageView(message);
  }

  private report(event: string, message: ChatwootMessage): void {
    const body = JSON.stringify({ event, ...this.records.webhookView(message), account: { id: ACCOUNT, name: 'Acme' } });
    this.webhooks = this.webhooks.then(() => this.deliver(body, message));
  }

  private async deliver(body: string, message: ChatwootMessage): Promise<void> {
    if (this.webhookUrl === '') return;
    const timestamp = String(Math.floor(Date.now() / 1000));
    const signature = createHmac('sha256', this.secret).update(`${timestamp}.${body}`).digest('hex');
    try {
      const response = await fetch(this.webhookUrl, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-chatwoot-timestamp': timestamp,
          'x-chatwoot-signature': `sha256=${signature}`,
          'x-chatwoot-delivery': randomUUID()
        },
        body,
        signal: AbortSignal.timeout(WEBHOOK_WAIT_MS)
      });
      if (!response.ok) throw new Error(`status ${response.status}`);
    } catch {
      message.status = 'failed';
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }
}

interface Call {
  readonly pathname: string;
  readonly searchParams: URLSearchParams;
  readonly body: ChatwootFields;
}

interface RoutedCall {
  readonly ids: number[];
  readonly body: ChatwootFields;
  readonly searchParams: URLSearchParams;
}

function compile(schema: object): ValidateFunction {
  return new Ajv({ allErrors: true }).compile(schema);
}

/** Returns the fields of a JSON body or a form; like Rails, it converts the texts of a form to values. */
async function fieldsOf(request: IncomingMessage): Promise<ChatwootFields> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  if (bytes.length === 0) return {};
  if (type.startsWith('application/json')) return JSON.parse(bytes.toString('utf8')) as ChatwootFields;
  if (!type.startsWith('multipart/form-data')) throw new ChatwootRefusal(415, type);
  const fields: ChatwootFields = {};
  const attachments: Omit<ChatwootFile, 'path'>[] = [];
  for (const [name, value] of await new Response(bytes, { headers: { 'content-type': type } }).formData()) {
    if (typeof value !== 'string') {
      if (name !== 'attachments[]') throw new ChatwootRefusal(422, `a file in ${name}`);
      attachments.push({ name: value.name, type: value.type, bytes: Buffer.from(await value.arrayBuffer()) });
    } else if (name === 'private') fields[name] = value === 'true';
    else if (name === 'content_attributes') fields[name] = JSON.parse(value) as unknown;
    else fields[name] = value;
  }
  return { ...fields, attachments };
}
