import { COMMAND_CATALOG, type CommandName } from '../commands/command-catalog.js';
import type { CommandRow } from '../commands/command-row.js';
import type { JsonSchema } from './async-api.types.js';
import { commandSchemas, schemaFields, requiredOf } from './request.schemas.js';

const KEY = { remoteJid: '4915112345678@s.whatsapp.net', id: '3EB0C431C26A1916E07A', fromMe: false };
const PERSON = '4915112345678@s.whatsapp.net';
const STANZA = { tag: 'iq', attrs: { to: 's.whatsapp.net', type: 'get', xmlns: 'w:p' } };

const PICTURE = { key: KEY, message: { imageMessage: { mimetype: 'image/jpeg' } } };
const BUNCH = {
  name: 'Tulips',
  description: 'A bunch of twenty',
  price: 12_000,
  currency: 'EUR',
  images: [{ url: 'https://example.com/tulips.jpg' }]
};

/** Examples for commands whose generated example would be invalid or explain too little. */
const GIVEN_EXAMPLES: Partial<Record<CommandName, object>> = {
  sendMessage: { jid: PERSON, content: { text: 'Good morning' } },
  requestPairingCode: { phoneNumber: '+49 1511 2345678' },
  submitPasskeyAssertion: {
    assertion: {
      id: 'Z1mT…',
      rawId: 'Z1mT…',
      type: 'public-key',
      response: { clientDataJSON: 'eyJ0…', authenticatorData: 'YHtj…', signature: 'MEUC…', userHandle: null }
    }
  },
  getQr: { format: 'svg' },
  chatModify: { jid: PERSON, modification: { pin: true } },
  sendPresenceUpdate: { type: 'composing', toJid: PERSON },
  newsletterMetadata: { type: 'jid', key: '120363023123456789@newsletter' },
  newsletterUpdate: { jid: '120363023123456789@newsletter', updates: { name: 'News of the week' } },
  addOrEditContact: { jid: PERSON, contact: { fullName: 'Ada Lovelace' } },
  addLabel: { jid: PERSON, labels: { id: '5', name: 'VIP', color: 3 } },
  updateBussinesProfile: { args: { description: 'Flowers since 1920' } },
  query: { node: STANZA },
  sendNode: { frame: STANZA },
  relayMessage: { jid: PERSON, message: { conversation: 'Good morning' } },
  downloadMedia: { message: PICTURE },
  updateMediaMessage: { message: PICTURE },
  productCreate: { create: BUNCH },
  productUpdate: { productId: '4711', update: BUNCH },
  getOrderDetails: { orderId: '4711', tokenBase64: 'dG9rZW4=' }
};

/** Returns valid arguments of a command, for documents. */
export function exampleOf(method: CommandName): Record<string, unknown> {
  const row: CommandRow = COMMAND_CATALOG[method];
  const given = GIVEN_EXAMPLES[method] as Record<string, unknown> | undefined;
  return given ?? exampleOfObject(row.request.name);
}

/** Returns a valid value of a request class, or of a class in the arguments of a command, for documents. */
export function exampleOfForm(request: { readonly name: string }): Record<string, unknown> {
  return exampleOfObject(request.name);
}

function exampleOfObject(name: string): Record<string, unknown> {
  if (name === 'MessageKeyFields') return KEY;
  if (name.endsWith('Source')) return { url: 'https://example.com/flowers.jpg' };
  const schema = commandSchemas()[name]!;
  return Object.fromEntries(requiredOf(schema).map(field => [field, exampleOfField(field, schemaFields(schema)[field]!)]));
}

interface FieldSchema {
  readonly $ref?: string;
  readonly items?: JsonSchema;
  readonly enum?: readonly unknown[];
  readonly type?: string;
  readonly minimum?: number;
  readonly description?: string;
}

function exampleOfField(name: string, field: JsonSchema): unknown {
  const { $ref, items, enum: values, type, minimum = 0, description = '' }: FieldSchema = field;
  if ($ref !== undefined) return exampleOfObject($ref.slice($ref.lastIndexOf('/') + 1));
  if (values !== undefined) return values[0];
  if (type === 'array') return [exampleOfField(name, { ...items, description })];
  if (type === 'boolean') return true;
  if (type === 'integer' || type === 'number') return minimum;
  return exampleText(name, description);
}

function exampleText(name: string, description: string): string {
  if (description.includes('@newsletter')) return '120363023123456789@newsletter';
  if (description.includes('jid of a group')) return '120363041234567890@g.us';
  if (description.includes('a jid')) return PERSON;
  if (/phone/i.test(name)) return '+4915112345678';
  if (/^(messageId|id|callId)s?$/.test(name)) return KEY.id;
  if (name === 'code' || name === 'inviteCode') return 'Abcdefghijklmnopqrstuv';
  if (name === 'timestamp') return '1700000000';
  if (name === 'labelId' || name === 'serverId') return '5';
  return 'text';
}
