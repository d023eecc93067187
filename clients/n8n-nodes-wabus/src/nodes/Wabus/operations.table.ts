import type { INodeExecutionData } from 'n8n-workflow';
import { entriesOf } from '../shared/interest.policy.js';
import { binarySource } from './binary.source.js';
import { argumentsOf, fieldName, parsed } from './command-arguments.policy.js';
import { COMMANDS } from './commands.table.js';
import type { ItemStep } from './item.step.js';
import { contactContent, fileContent, keyOfMessage, type ShownAs } from './message-content.policy.js';

type Operation = (step: ItemStep) => Promise<INodeExecutionData[]>;

interface SendOptions {
  readonly correlation?: string;
  readonly fileName?: string;
  readonly linkPreview?: boolean;
  readonly mentions?: string;
  readonly mimetype?: string;
}

interface MessageDetails {
  readonly fromMe?: boolean;
  readonly participant?: string;
  readonly message?: unknown;
}

/** For commands that may run twice. */
const ONCE_OR_MORE = { keyed: false };

/** The implementation of each operation, by resource and operation. */
export const OPERATIONS: Readonly<Record<string, Readonly<Record<string, Operation>>>> = {
  message: {
    sendText: step => send(step, textContent(step)),
    reply: step => send(step, textContent(step), { quoted: quotedOf(step) }),
    sendMedia: async step => send(step, await mediaContent(step)),
    sendLocation: step => {
      const name = step.field('placeName', '');
      const degrees = { degreesLatitude: step.field<number>('latitude'), degreesLongitude: step.field<number>('longitude') };
      return send(step, { location: { ...degrees, ...(name === '' ? {} : { name }) } });
    },
    sendContact: step => send(step, contactContent(step.text('contactName'), step.text('contactNumber'))),
    sendPoll: step => {
      const values = entriesOf(step.field<unknown>('choices', []));
      return send(step, { poll: { name: step.text('question'), values, selectableCount: step.field('severalChoices', false) ? 0 : 1 } });
    },
    react: step => send(step, { react: { key: messageKey(step), text: step.field('emoji', '') } }),
    edit: step => send(step, { text: step.text('text'), edit: { ...messageKey(step), fromMe: true } }),
    delete: step => send(step, { delete: messageKey(step) }),
    markRead: async step => {
      await step.command('readMessages', { keys: [messageKey(step)] }, ONCE_OR_MORE);
      return step.items([{ success: true }]);
    }
  },
  chat: {
    getAll: step => step.list('chats'),
    getMessages: step => step.list(`chats/${encodeURIComponent(step.text('chat'))}/messages`, {}, 'before'),
    search: step => step.list('messages/search', { query: step.text('query') }),
    typing: async step => {
      // Others see it only while the account is available.
      await step.command('sendPresenceUpdate', { type: 'available' }, ONCE_OR_MORE);
      await step.command('sendPresenceUpdate', { type: step.field('presence', 'composing'), toJid: step.text('chat') }, ONCE_OR_MORE);
      return step.items([{ success: true }]);
    }
  },
  contact: {
    check: async step =>
      step.items(
        (await step.command('onWhatsApp', { phoneNumbers: entriesOf(step.field<unknown>('phoneNumbers')) }, ONCE_OR_MORE)) as unknown[]
      ),
    getAll: step => step.list('contacts')
  },
  group: {
    getAll: step => step.list('groups'),
    getMembers: async step => {
      const jid = step.text('chat');
      const group = (await step.command('groupMetadata', { jid }, ONCE_OR_MORE)) as { subject?: string; participants?: object[] };
      return step.items((group.participants ?? []).map(member => ({ group: jid, subject: group.subject ?? null, ...member })));
    }
  },
  media: {
    download: async step => {
      const { body, headers } = await step.call<Buffer>({
        path: `${step.sessionPath}/media/${encodeURIComponent(step.text('cursor'))}`,
        binary: true
      });
      const type = headers['content-type'];
      const mimetype = typeof type === 'string' ? type : 'application/octet-stream';
      return withBinary(step, Buffer.from(body), { mimetype, fileName: nameIn(headers['content-disposition']) });
    }
  },
  session: {
    getAll: async step => step.items((await step.call<{ sessions: unknown[] }>({ path: '/api/sessions' })).body.sessions),
    get: async step => step.items([(await step.call({ path: step.sessionPath })).body]),
    getQr: async step => {
      const { body } = await step.call<Buffer>({ path: `${step.sessionPath}/qr`, query: { format: 'png' }, binary: true });
      return withBinary(step, Buffer.from(body), { mimetype: 'image/png', fileName: 'qr.png' });
    },
    start: step => lifecycle(step, 'start'),
    restart: step => lifecycle(step, 'restart'),
    stop: step => lifecycle(step, 'stop')
  },
  command: Object.fromEntries(COMMANDS.map(row => [row.method, step => runCommand(step, row.method)]))
};

async function lifecycle(step: ItemStep, verb: string): Promise<INodeExecutionData[]> {
  return step.items([(await step.call({ method: 'POST', path: `${step.sessionPath}/${verb}` })).body]);
}

async function send(step: ItemStep, content: object, more: object = {}): Promise<INodeExecutionData[]> {
  const { correlation, linkPreview } = step.field<SendOptions>('sendOptions', {});
  const options = { ...more, ...(correlation ? { correlation } : {}), ...(linkPreview ? { linkPreview } : {}) };
  const args = { jid: step.text('chat'), content, ...(Object.keys(options).length > 0 ? { options } : {}) };
  const sent = (await step.command('sendMessage', args, { keyed: true })) as { key?: { id?: string; remoteJid?: string } };
  // These are the names that the triggers use, so that the next step can edit or delete the sent message.
  return step.items([{ messageId: sent.key?.id ?? null, chat: sent.key?.remoteJid ?? args.jid, fromMe: true, ...sent }]);
}

function textContent(step: ItemStep): object {
  const mentions = entriesOf(step.field<SendOptions>('sendOptions', {}).mentions ?? '');
  return { text: step.text('text'), ...(mentions.length > 0 ? { mentions } : {}) };
}

async function mediaContent(step: ItemStep): Promise<object> {
  const options = step.field<SendOptions>('sendOptions', {});
  const isBinary = step.field('mediaSource', 'binary') === 'binary';
  const file = isBinary ? await binarySource(step) : { source: { url: step.text('mediaUrl') }, fileName: '', mimetype: '' };
  return fileContent(step.field<ShownAs>('mediaKind', 'image'), file.source, {
    caption: step.field('caption', ''),
    fileName: options.fileName || file.fileName,
    mimetype: options.mimetype || file.mimetype
  });
}

function messageKey(step: ItemStep): Record<string, unknown> {
  return keyOfMessage(step.text('chat'), step.text('messageId'), step.field<MessageDetails>('messageDetails', {}));
}

/** The message itself is optional if the edge or the connector has its content. */
function quotedOf(step: ItemStep): object {
  const { message } = step.field<MessageDetails>('messageDetails', {});
  const whole = message === undefined ? undefined : (parsed('Message (JSON)', message) as { message?: object } | null);
  return { key: messageKey(step), ...(whole?.message ? { message: whole.message } : {}) };
}

async function runCommand(step: ItemStep, method: string): Promise<INodeExecutionData[]> {
  const row = COMMANDS.find(each => each.method === method);
  if (!row) throw step.refusal(`There is no command "${method}".`);
  const optional = step.field<Record<string, unknown>>('additionalFields', {});
  const args = argumentsOf(row, ({ name, required }) => (required ? step.field(fieldName(name)) : optional[fieldName(name)]));
  const reply = await step.command(method, args, { keyed: !row.repeatable || step.field('idempotencyKey', '') !== '' });
  return step.items(Array.isArray(reply) ? reply : [reply]);
}

async function withBinary(
  step: ItemStep,
  data: Buffer,
  { mimetype, fileName }: { mimetype: string; fileName?: string }
): Promise<INodeExecutionData[]> {
  const binary = await step.context.helpers.prepareBinaryData(data, fileName, mimetype);
  const json = { ...step.context.getInputData()[step.index]?.json };
  return [{ json, binary: { [step.text('binaryProperty')]: binary }, pairedItem: { item: step.index } }];
}

function nameIn(disposition: unknown): string | undefined {
  const [, encoded] = /filename\*=UTF-8''([^;]+)/i.exec(String(disposition)) ?? [];
  if (encoded !== undefined) return decodeURIComponent(encoded);
  return /filename="([^"]+)"/i.exec(String(disposition))?.[1];
}
