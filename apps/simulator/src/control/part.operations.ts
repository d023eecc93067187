import { randomBytes } from 'node:crypto';
import type { SecretPart } from '@wabus/testing';
import { Account } from '../accounts/account.js';
import { partMessage, phoneSecretsOf } from '../messages/phone-secrets.js';
import { phoneSenderOf } from '../messages/phone-sender.js';
import type { ControlContext, OperationTable } from './control-context.js';
import { ControlError, type Fields } from './operation-fields.reader.js';

const ADDRESSINGS = ['pn', 'lid'] as const;
const KINDS: readonly SecretPart['kind'][] = ['edit', 'event-edit', 'poll-vote', 'event-response', 'reaction', 'comment'];

/** The operation that sends content which phones encrypt with the secret of another message. */
export function partOperations({ world, directory }: ControlContext): Pick<OperationTable, 'sendPart'> {
  return {
    async sendPart(fields) {
      const from = directory.account(fields.string('from'));
      const groupJid = fields.optionalString('groupJid');
      const to = groupJid === undefined ? directory.account(fields.string('to')) : directory.group(groupJid);
      const id = fields.string('target');
      const known = phoneSecretsOf(world).find(from, id);
      if (!known) throw new ControlError(`the phone of ${from.phoneNumber} does not have message ${id}`);
      const target = fields.optionalBoolean('lostSecret') ? { ...known, secret: randomBytes(32) } : known;
      const part = partOf(fields);
      const chat = to instanceof Account ? from.namespace : to.addressing;
      const forms = formsOf(fields) ?? { author: chat, sender: chat };
      const isEdit = part.kind === 'edit' || part.kind === 'event-edit';
      return {
        id: await phoneSenderOf(world).send({
          from,
          to,
          message: partMessage({ from, to, target, part, forms }),
          id: fields.optionalString('id'),
          addressing: fields.optionalOneOf('addressing', ADDRESSINGS),
          attrs: isEdit ? { edit: '1' } : {}
        })
      };
    }
  };
}

function partOf(fields: Fields): SecretPart {
  const part = fields.object('part') as SecretPart;
  if (!KINDS.includes(part.kind)) throw new ControlError(`part.kind must be one of ${KINDS.join(', ')}`);
  return part;
}

function formsOf(fields: Fields): { author: 'pn' | 'lid'; sender: 'pn' | 'lid' } | undefined {
  if (fields.raw('forms') === undefined) return undefined;
  const { author, sender } = fields.object('forms') as { author?: unknown; sender?: unknown };
  const isForm = (form: unknown): form is 'pn' | 'lid' => form === 'pn' || form === 'lid';
  if (!isForm(author) || !isForm(sender)) throw new ControlError('forms must name author and sender, each pn or lid');
  return { author, sender };
}
