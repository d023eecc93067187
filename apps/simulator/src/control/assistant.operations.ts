import { answer } from '../messages/assistant.js';
import { phoneSenderOf } from '../messages/phone-sender.js';
import type { ControlContext, OperationTable } from './control-context.js';
import { ControlError } from './operation-fields.reader.js';

const COPIES = { min: 1, max: 10 };

/** Operations that send prompts to assistants and answer them in parts. */
export function assistantOperations({ world, directory }: ControlContext): Pick<OperationTable, 'askAssistant' | 'answerAsAssistant'> {
  return {
    async askAssistant(fields) {
      const from = directory.account(fields.string('from'));
      return { id: await phoneSenderOf(world).ask(from, { conversation: fields.string('text') }) };
    },

    answerAsAssistant(fields) {
      const groupJid = fields.optionalString('groupJid');
      const target = fields.string('target');
      const ids = answer(world, {
        to: groupJid === undefined ? directory.account(fields.string('to')) : directory.group(groupJid),
        target,
        parts: fields.strings('parts'),
        copies: fields.optionalInteger('copies', COPIES) ?? 1,
        lostSecret: fields.optionalBoolean('lostSecret') ?? false
      });
      if (!ids) throw new ControlError(`no phone in this chat has message ${target}`);
      return { ids };
    }
  };
}
