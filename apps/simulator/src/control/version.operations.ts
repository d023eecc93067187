import { newslettersOf } from '../iq/newsletter.registry.js';
import { SERVER_JID, element } from '../stanza/stanza.js';
import { ControlError, type Fields } from './operation-fields.reader.js';
import type { ControlContext, OperationTable } from './control-context.js';

const REVISION = { min: 0, max: Number.MAX_SAFE_INTEGER };

/** Operations that set which client versions the service accepts, publishes on its page and announces. */
export function versionOperations({
  world,
  directory
}: ControlContext): Pick<OperationTable, 'setVersions' | 'setRefusedQueries' | 'announceExpiration'> {
  return {
    setVersions(fields) {
      const changes = {
        oldestVersion: optionalVersion(fields, 'oldestVersion'),
        oldestLinkingVersion: optionalVersion(fields, 'oldestLinkingVersion'),
        revision: fields.optionalInteger('revision', REVISION),
        page: fields.optionalOneOf('page', ['answers', 'fails', 'garbage', 'silent'])
      };
      const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
      return { ...Object.assign(world.settings.versions, given), lookUps: world.counters.versionLookUps };
    },

    setRefusedQueries(fields) {
      const refused = newslettersOf(world).refusedQueries;
      refused.clear();
      for (const id of fields.strings('queryIds')) refused.add(id);
      return {};
    },

    announceExpiration(fields) {
      const account = directory.account(fields.string('phoneNumber'));
      const t = fields.raw('t');
      if (t !== undefined && typeof t !== 'string') throw new ControlError('t must be a string');
      const live = account.companions().filter(device => device.online);
      // The form is that of whatsapp-rust ea4ea0b4 (PR 1314).
      const expiration = element('client_expiration', t === undefined ? {} : { t });
      for (const device of live) world.push(device, element('ib', { from: SERVER_JID }, [expiration]));
      return { devices: live.length };
    }
  };
}

function optionalVersion(fields: Fields, name: string): string | undefined {
  const version = fields.optionalString(name);
  if (version !== undefined && !/^\d+\.\d+\.\d+$/.test(version)) throw new ControlError(`${name} must be three numbers separated by dots`);
  return version;
}
