import { phoneSenderOf } from '../messages/phone-sender.js';
import type { Account } from '../accounts/account.js';
import { stanzaFromJson } from '../stanza/stanza-json.codec.js';
import { element } from '../stanza/stanza.js';
import { waitUntil } from '../wait-until.js';
import { ControlError, type Fields } from './operation-fields.reader.js';
import type { ControlContext, OperationTable } from './control-context.js';

const MANY = { min: 1, max: 1_000_000 };
const RHYTHM = { min: 1, max: 86_400_000 };
const STATUS_STANZAS = ['status', 'message'] as const;
const ADDRESSINGS = ['pn', 'lid'] as const;

type MessageOperations = Pick<
  OperationTable,
  | 'sendMessage'
  | 'createGroup'
  | 'sendGroupMessage'
  | 'received'
  | 'receipts'
  | 'sendReceipt'
  | 'setAutoReply'
  | 'setChatter'
  | 'sendStanza'
  | 'setQueue'
>;

/** Operations on messages, groups and receipts of simulated phones, and on raw stanzas. */
export function messageOperations({ world, directory, connections, chatter }: ControlContext): MessageOperations {
  const account = (fields: Fields, name: string): Account => directory.account(fields.string(name));

  return {
    async sendMessage(fields) {
      const id = await phoneSenderOf(world).send({
        from: account(fields, 'from'),
        to: account(fields, 'to'),
        message: fields.object('message'),
        id: fields.optionalString('id'),
        addressing: fields.optionalOneOf('addressing', ADDRESSINGS),
        plaintext: fields.optionalBoolean('plaintext'),
        plainEdit: fields.optionalBoolean('plainEdit'),
        status: fields.optionalBoolean('status')
      });
      return { id };
    },

    createGroup(fields) {
      const owner = account(fields, 'owner');
      const members = fields.strings('members').map(name => directory.account(name));
      const addressing = fields.optionalOneOf('addressing', ADDRESSINGS);
      const others = [...new Set(members)].filter(member => member !== owner);
      const announcements = fields.optionalBoolean('announcements');
      return {
        groupJid: world.groups.create({ subject: fields.string('subject'), owner, members: others, addressing, announcements }).jid
      };
    },

    async sendGroupMessage(fields) {
      const from = account(fields, 'from');
      const group = directory.group(fields.string('groupJid'));
      if (!group.members.has(from)) throw new ControlError(`${from.phoneNumber} is not in the group`);
      return {
        id: await phoneSenderOf(world).send({
          from,
          to: group,
          message: fields.object('message'),
          id: fields.optionalString('id'),
          plainEdit: fields.optionalBoolean('plainEdit')
        })
      };
    },

    async received(fields) {
      const reader = account(fields, 'phoneNumber');
      const author = fields.optionalString('from');
      const authorJid = author === undefined ? undefined : directory.account(author).jid('pn');
      const matching = () => reader.received.filter(each => authorJid === undefined || each.from === authorJid);
      const atLeast = fields.optionalInteger('atLeast', MANY) ?? 1;
      await waitUntil(world, ['phone-message'], { condition: () => matching().length >= atLeast, waitMs: fields.waitMs(0) });
      return matching();
    },

    async receipts(fields) {
      const author = account(fields, 'phoneNumber');
      const id = fields.optionalString('messageId');
      const matching = () => author.receipts.filter(each => id === undefined || each.id === id);
      const atLeast = fields.optionalInteger('atLeast', MANY) ?? 1;
      await waitUntil(world, ['phone-receipt'], { condition: () => matching().length >= atLeast, waitMs: fields.waitMs(0) });
      return matching();
    },

    sendReceipt(fields) {
      const reader = account(fields, 'from');
      const author = account(fields, 'to');
      const [id, ...more] = fields.strings('ids');
      if (id === undefined) throw new ControlError('ids must name at least one message');
      const kind = fields.oneOf('type', ['delivered', 'read', 'played']);
      const groupJid = fields.optionalString('groupJid');
      const group = groupJid === undefined ? undefined : directory.group(groupJid);
      const from = group
        ? { from: group.jid, participant: reader.jid(group.addressing) }
        : { from: reader.shownJid(world.addressingTo(author)) };
      const items = more.map(each => element('item', { id: each }));
      const content = items.length > 0 ? [element('list', {}, items)] : undefined;
      world.deliverToAll(author, element('receipt', { id, type: kind === 'delivered' ? undefined : kind, ...from }, content));
      return {};
    },

    setAutoReply(fields) {
      const prefix = fields.raw('prefix');
      if (prefix !== null && typeof prefix !== 'string') throw new ControlError('prefix must be a string, or null to stop');
      account(fields, 'phoneNumber').autoReplyPrefix = prefix;
      return {};
    },

    setChatter(fields) {
      const everyMs = fields.raw('everyMs') === null ? null : fields.integer('everyMs', RHYTHM);
      chatter.set(account(fields, 'from'), account(fields, 'to'), everyMs);
      return {};
    },

    setQueue(fields) {
      const { queue } = world.settings;
      queue.statusStanza = fields.optionalOneOf('statusStanza', STATUS_STANZAS) ?? queue.statusStanza;
      queue.statusAckMs = fields.optionalInteger('statusAckMs', RHYTHM) ?? queue.statusAckMs;
      queue.batches = fields.optionalBoolean('batches') ?? queue.batches;
      return { ...queue };
    },

    sendStanza(fields) {
      const stanza = stanzaFromJson(fields.raw('stanza'));
      const id = fields.optionalString('connection');
      if (id !== undefined) {
        const connection = connections.find(id);
        if (!connection) throw new ControlError(`no connection ${id}`);
        connection.wire.send(stanza);
        return {};
      }
      const receiver = account(fields, 'phoneNumber');
      if (fields.optionalBoolean('volatile')) world.pushToAll(receiver, stanza);
      else world.deliverToAll(receiver, stanza);
      return {};
    }
  };
}
