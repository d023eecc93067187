import {
  MESSAGE_KINDS,
  type CommandOutcome,
  type MessageKind,
  type MessageKindName,
  type ModelPage,
  type StoredMessageView
} from '@wabus/contracts';
import { MESSAGE_OUTCOMES } from '@wabus/contracts/docs';
import { awaitCondition, type SimulatedAccount } from '@wabus/testing';
import { WabusFixture } from './wabus.fixture.js';

/** Files by kind, with the first bytes of that kind. */
const FILES = {
  image: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'base64'),
  video: Buffer.concat([Buffer.from('00000018667479706d703432000000006d70343269736f6d', 'hex'), Buffer.alloc(64)]),
  audio: Buffer.concat([Buffer.from('4f67675300020000000000000000000000000000000000000000011e4f70757348656164', 'hex'), Buffer.alloc(64)]),
  document: Buffer.from('a letter')
};
type FileName = keyof typeof FILES;
const JID = '15550009999@s.whatsapp.net';
/** The key of the message that other messages refer to, which nobody has sent. */
const KEY = { remoteJid: JID, fromMe: false, id: '3EB0NOBODY' };

type Json = Record<string, unknown>;

/** Returns an object with one value at a path. */
const at = (path: string, value: unknown): Json =>
  path.split('.').reduceRight<unknown>((inner, name) => (LISTS.has(name) ? { [name]: [inner] } : { [name]: inner }), value) as Json;
/** Protobuf fields on the paths of texts that are lists. */
const LISTS = new Set(['options', 'pollVotes', 'submessages', 'params', 'cards', 'sections', 'rows', 'buttons', 'contacts']);

interface Event {
  readonly cursor: string;
  readonly data: { readonly messages: [{ key: { id: string }; message?: Json | null }] };
}

describe('every kind of content', () => {
  let wabus: WabusFixture;
  let account: SimulatedAccount;
  let contact: SimulatedAccount;
  const sent = new Map<MessageKindName, string>();
  let events: Map<string, Event>;
  let stored: Map<string, StoredMessageView>;

  beforeAll(async () => {
    wabus = await WabusFixture.start();
    account = await wabus.pair('main');
    contact = await wabus.control.createAccount({ name: 'Contact' });
    const places = await storedFiles();
    for (const kind of Object.keys(MESSAGE_KINDS) as MessageKindName[]) {
      const message = sampleOf(kind, places);
      sent.set(kind, (await wabus.control.sendMessage({ from: contact.phoneNumber, to: account.phoneNumber, message })).id);
    }
    // Once the last message has arrived, all others that can arrive have arrived.
    const { id } = await wabus.control.sendMessage({
      from: contact.phoneNumber,
      to: account.phoneNumber,
      message: { conversation: 'the last' }
    });
    const chat = `/api/sessions/main/store/chats/${contact.pnJid}/messages?limit=200`;
    const list = await awaitCondition(
      () => wabus.edge.get<ModelPage<StoredMessageView>>(chat),
      ({ body }) => body.items?.some(one => one.id === id)
    );
    stored = new Map(list.body.items.map(one => [one.id, one]));
    const page = await wabus.edge.get<{ events: Event[] }>('/api/sessions/main/events?events=messages.upsert&limit=200');
    events = new Map(page.body.events.map(event => [event.data.messages[0].key.id, event]));
  }, 120_000);
  afterAll(() => wabus?.stop(), 60_000);

  /** Returns the fields with which a contact sends a file of each kind, taken from a message that the account sent to the contact. */
  async function storedFiles(): Promise<Map<FileName, Json>> {
    for (const [kind, bytes] of Object.entries(FILES)) {
      const content = {
        [kind]: { type: 'Buffer', data: bytes.toString('base64') },
        ...(kind === 'document' ? { fileName: 'a.txt', mimetype: 'text/plain' } : {})
      };
      const { body } = await wabus.edge.post<CommandOutcome>('/api/sessions/main/commands/sendMessage', {
        args: { jid: contact.pnJid, content }
      });
      if (!body.ok) throw new Error(JSON.stringify(body.error));
    }
    const received = await awaitCondition(
      () => wabus.control.received({ phoneNumber: contact.phoneNumber }),
      all => all.length === Object.keys(FILES).length
    );
    return new Map(
      (Object.keys(FILES) as FileName[]).map((kind, i) => [kind, (received[i]!.message as Record<string, Json>)[`${kind}Message`]!])
    );
  }

  const wordOf = (kind: string): string => `word${kind.toLowerCase()}x`;

  function sampleOf(kind: MessageKindName, files: Map<FileName, Json>): Json {
    const word = wordOf(kind);
    const file = (name: FileName): Json => files.get(name)!;
    const picture = { ...file('image'), caption: word };
    const places: Partial<Record<MessageKindName, Json>> = {
      conversation: { conversation: word },
      imageMessage: { imageMessage: picture },
      videoMessage: { videoMessage: { ...file('video'), caption: word } },
      ptvMessage: { ptvMessage: { ...file('video'), caption: word } },
      audioMessage: { audioMessage: file('audio') },
      documentMessage: { documentMessage: { ...file('document'), fileName: `${word}.png` } },
      stickerMessage: { stickerMessage: file('image') },
      stickerPackMessage: {
        // Not encrypted: its key derivation has a name of its own, which the sender here does not support.
        stickerPackMessage: { directPath: placeOf(file('document')), name: word }
      },
      invoiceMessage: { invoiceMessage: { note: word, ...attachment(file('image')) } },
      productMessage: { productMessage: { product: { title: word, productImage: file('image') } } },
      buttonsMessage: { buttonsMessage: { contentText: word, documentMessage: file('document'), headerType: 3 } },
      templateMessage: {
        templateMessage: { interactiveMessageTemplate: { body: { text: word }, header: { imageMessage: file('image') } } }
      },
      highlyStructuredMessage: {
        highlyStructuredMessage: { hydratedHsm: { hydratedTemplate: { hydratedContentText: word, imageMessage: file('image') } } }
      },
      interactiveMessage: {
        interactiveMessage: {
          body: { text: word },
          carouselMessage: { cards: [{ header: { videoMessage: file('video') } }] }
        }
      },
      documentWithCaptionMessage: { documentWithCaptionMessage: { message: { documentMessage: { ...file('document'), caption: word } } } },
      deviceSentMessage: { deviceSentMessage: { destinationJid: JID, message: { imageMessage: picture } } },
      reactionMessage: { reactionMessage: { key: KEY, text: word } },
      protocolMessage: { protocolMessage: { key: KEY, type: 'REVOKE' } },
      pollUpdateMessage: { pollUpdateMessage: { pollCreationMessageKey: KEY, vote: { encPayload: 'AAAA', encIv: 'AAAA' } } },
      senderKeyDistributionMessage: { senderKeyDistributionMessage: { groupId: word }, conversation: 'beside' },
      fastRatchetKeySenderKeyDistributionMessage: { fastRatchetKeySenderKeyDistributionMessage: { groupId: word }, conversation: 'beside' },
      messageContextInfo: { messageContextInfo: { messageAddOnDurationInSecs: 1 }, conversation: 'beside' }
    };
    const { role, texts = [] }: MessageKind = MESSAGE_KINDS[kind];
    if (places[kind]) return places[kind];
    if (role === 'wrapper') return { [kind]: { message: { imageMessage: picture } } };
    return { [kind]: texts[0] === undefined ? {} : at(texts[0], word) };
  }

  /** Returns the fields of a file under the names that they have in an invoice, which has no address except the path. */
  const attachment = (file: Json): Json => ({
    attachmentMediaKey: file['mediaKey'],
    attachmentFileSha256: file['fileSha256'],
    attachmentFileEncSha256: file['fileEncSha256'],
    attachmentDirectPath: placeOf(file)
  });
  const placeOf = ({ url }: Json): string => new URL(url as string).pathname;
  const idOf = (kind: MessageKindName): string => sent.get(kind)!;

  async function found(kind: MessageKindName): Promise<boolean> {
    const search = `/api/sessions/main/store/messages/search?query=${wordOf(kind)}`;
    return (await wabus.edge.get<ModelPage<StoredMessageView>>(search)).body.items.some(({ id }) => id === idOf(kind));
  }

  async function fetched(kind: MessageKindName): Promise<boolean> {
    const cursor = events.get(idOf(kind))?.cursor;
    const answer = await fetch(`${wabus.edge.url}/api/sessions/main/media/${cursor}`, {
      headers: { authorization: `Bearer ${wabus.edge.token}` }
    });
    const bytes = Buffer.from(await answer.arrayBuffer());
    if (kind === 'stickerPackMessage') return answer.ok && bytes.length > FILES.document.length;
    return answer.ok && Object.values(FILES).some(file => file.equals(bytes));
  }

  it.each(MESSAGE_OUTCOMES)('$kind has the outcomes of its row', async ({ kind, ...row }) => {
    const { message } = events.get(idOf(kind))?.data.messages[0] ?? {};
    // Baileys removes this wrapper.
    const outermost = kind === 'deviceSentMessage' ? 'imageMessage' : kind;
    const actual = {
      event: message != null && Object.hasOwn(message, outermost),
      text: stored.get(idOf(kind))?.text?.includes(wordOf(kind)) ?? false,
      search: await found(kind),
      file: await fetched(kind)
    };
    expect(actual).toEqual(Object.fromEntries(Object.entries(row).map(([column, outcome]) => [column, outcome === 'yes'])));
  });

  it('a message that chats do not show is not in the store', () => {
    const lines = MESSAGE_OUTCOMES.filter(({ kind }) => MESSAGE_KINDS[kind].role === 'change').filter(({ kind }) => stored.has(idOf(kind)));
    expect(lines).toEqual([]);
  });
});
