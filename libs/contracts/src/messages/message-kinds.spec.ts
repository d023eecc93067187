import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { MESSAGE_KINDS, type MessageKind } from './message-kinds.table.js';

interface Field {
  readonly name: string;
  readonly type: string;
  readonly resolvedType: Message | { readonly values: object } | null;
}
interface Message {
  readonly fieldsArray: readonly Field[];
}

/** Returns the protobuf message of Baileys, parsed with the parser that Baileys contains. */
function messageOfProtobuf(): Message {
  const baileys = createRequire(createRequire(import.meta.url).resolve('@whiskeysockets/baileys/package.json'));
  const { parse } = baileys('protobufjs') as {
    parse: (text: string, options: object) => { root: { resolveAll(): { lookupType(name: string): Message } } };
  };
  const text = readFileSync(baileys.resolve('./WAProto/WAProto.proto'), 'utf8');
  return parse(text, { keepCase: true }).root.resolveAll().lookupType('Message');
}

/** Texts for programs: addresses, ids, tokens, types and codes. Music, places and other overlays of a picture are not part of its text. */
const FOR_PROGRAMS =
  /(^|\.)(key|correctAnswer|\w*Key|\w*MessageId|background|productListInfo\.headerImage|\w*[aA]nnotations|embeddedContent|stickers|contextInfo|messageContextInfo|faviconMMSMetadata|paymentLinkMetadata|paymentExtendedMetadata|processedVideos|messageHistoryMetadata|nativeFlowInfo\.name|nativeFlowMessage\.buttons\.name|nativeFlowResponseMessage\.name|messageParamsJson|transactionData|urlTrackingMap|shopStorefrontMessage|collectionMessage|unifiedResponse|dynamicMetadata|gridImageMetadata)(\.|$)|(^|\.)\w*([uU]rl|URL|[iI]d|[jJ]id|[hH]ash|[tT]oken|[pP]ath|[mM]imetype|[cC]ode|Iso4217|namespace|elementName|fallbackL[gc]|deterministicL[gc]|phoneNumber|trayIconFileName|accessibilityLabel|requestFrom|codeLanguage|catalogType|artistAttribution|username|songId|retailerId|attachmentMimetype)$/;

const MESSAGE = messageOfProtobuf();

/** Returns the paths of all texts in a message that are for people, by the names of the protobuf. */
function textsOf(message: Message, path: readonly string[], above: readonly Message[]): string[] {
  return message.fieldsArray.flatMap(({ name, type, resolvedType }) => {
    const here = [...path, name];
    if (FOR_PROGRAMS.test(here.join('.'))) return [];
    if (type === 'string') return [here.join('.')];
    const inner = resolvedType && 'fieldsArray' in resolvedType ? resolvedType : null;
    // A nested message is read by its own row.
    return inner === null || inner === MESSAGE || above.includes(inner) ? [] : textsOf(inner, here, [...above, inner]);
  });
}

const rows = Object.entries<MessageKind>(MESSAGE_KINDS);
const fields = new Map(MESSAGE.fieldsArray.map(field => [field.name, field]));

test('every field of the protobuf Message has a row', () => expect(rows.map(([name]) => name).sort()).toEqual([...fields.keys()].sort()));

test('a field that contains a message is a wrapper', () => {
  const holders = MESSAGE.fieldsArray.filter(({ resolvedType }) =>
    (resolvedType as Message | null)?.fieldsArray?.some(({ name, resolvedType: inner }) => name === 'message' && inner === MESSAGE)
  );
  expect(rows.filter(([, { role }]) => role === 'wrapper').map(([name]) => name)).toEqual(holders.map(({ name }) => name));
});

test('a text for people is among the texts or words of its row', () => {
  const unread = rows.flatMap(([name, { role, texts = [], words = [] }]) => {
    const inner = fields.get(name)!.resolvedType as Message | null;
    if (role !== 'content' || !inner?.fieldsArray) return [];
    const known = new Set([...texts, ...words]);
    return textsOf(inner, [], [inner])
      .filter(path => !known.has(path))
      .map(path => `${name}.${path}`);
  });
  expect(unread).toEqual([]);
});

test('the texts and words of a row exist in the protobuf', () => {
  const isText = (path: string): boolean => {
    let at: Message | null = MESSAGE;
    let type = '';
    for (const name of path.split('.')) {
      const field: Field | undefined = at?.fieldsArray.find(one => one.name === name);
      type = field?.type ?? '';
      at = field?.resolvedType && 'fieldsArray' in field.resolvedType ? field.resolvedType : null;
    }
    return type === 'string';
  };
  const named = rows.flatMap(([name, { texts = [], words = [] }]) =>
    [...texts, ...words].map(path => (path === '' ? name : `${name}.${path}`))
  );
  expect(named.filter(path => !isText(path))).toEqual([]);
});
