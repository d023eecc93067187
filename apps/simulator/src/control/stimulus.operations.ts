import type { Account } from '../accounts/account.js';
import type { Group } from '../accounts/group.js';
import type { World } from '../world/world.js';
import { ControlError } from './operation-fields.reader.js';
import type { ControlContext, OperationTable } from './control-context.js';

/** Operations that provoke single Baileys events. */
export function stimulusOperations({ world, directory, stimuli }: ControlContext): Pick<OperationTable, 'provoke' | 'stimuli'> {
  return {
    async provoke(fields) {
      const event = fields.string('event');
      const stimulus = Object.hasOwn(stimuli, event) ? stimuli[event] : undefined;
      if (!stimulus) throw new ControlError(`no stimulus for ${event}`);
      if (!stimulus.possible) throw new ControlError(`${event} cannot be provoked: ${stimulus.does}`);
      const account = directory.account(fields.string('phoneNumber'));
      directory.linked(account);
      const contactName = fields.optionalString('contact');
      const contact = contactName === undefined ? someContact(world, account) : directory.account(contactName);
      const groupJid = fields.optionalString('groupJid');
      let group: Group | undefined = groupJid === undefined ? undefined : directory.group(groupJid);
      const context = {
        world,
        account,
        contact,
        // Created only if the stimulus uses it, so that the other stimuli leave no group behind.
        get group(): Group {
          return (group ??= world.groups.create({ subject: 'Stimulus', owner: contact, members: [account] }));
        }
      };
      return { note: await stimulus.provoke(context) };
    },

    stimuli() {
      return Object.entries(stimuli).map(([event, { does, possible }]) => ({ event, does, possible }));
    }
  };
}

function someContact(world: World, account: Account): Account {
  return world.accounts.all().find(other => other !== account && other.devices.size === 0) ?? world.accounts.create({});
}
