import type { WabusError } from '@wabus/contracts';
import type { PeerPage, PeerRoute, PlainAnswer } from '../compat.types.js';
import { detailOf } from '../peer-fields.policy.js';
import { EVOLUTION_CHATS } from './evolution-chats.table.js';
import { EVOLUTION_GROUPS } from './evolution-groups.table.js';
import { EVOLUTION_INSTANCES } from './evolution-instances.table.js';
import { EVOLUTION_MESSAGES } from './evolution-messages.table.js';

/** Every call of Evolution API that Wabus recognizes. */
export const EVOLUTION_ROUTES: readonly PeerRoute[] = [
  ...EVOLUTION_INSTANCES,
  ...EVOLUTION_MESSAGES,
  ...EVOLUTION_CHATS,
  ...EVOLUTION_GROUPS
];

const REFERENCE = 'https://doc.evolution-api.com/v2/api-reference';
const READ = '2026-11-30';

/** The pages on which Evolution API documents its calls. */
export const EVOLUTION_PAGES: Readonly<Record<string, PeerPage>> = {
  instance: { page: `${REFERENCE}/instance-controller/create-instance-basic`, read: READ },
  webhook: { page: `${REFERENCE}/webhook/set`, read: READ },
  settings: { page: `${REFERENCE}/settings/set`, read: READ },
  message: { page: `${REFERENCE}/message-controller/send-text`, read: READ },
  chat: { page: `${REFERENCE}/chat-controller/check-is-whatsapp`, read: READ },
  profile: { page: `${REFERENCE}/profile-settings/update-profile-name`, read: READ },
  group: { page: `${REFERENCE}/group-controller/group-create`, read: READ },
  label: { page: 'https://github.com/EvolutionAPI/evolution-api/blob/main/src/api/routes/label.router.ts', read: READ },
  integrations: { page: 'https://doc.evolution-api.com/v2/en/integrations/chatwoot', read: READ }
};

const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  500: 'Internal Server Error'
};

const answer = (status: number, message: unknown, error: WabusError): PlainAnswer => ({
  status,
  body: { status, error: REASONS[status] ?? 'Error', response: { message }, wabus: error.toBody() }
});

/** Returns an error in the format of Evolution API, together with the error of Wabus. `status` is the status on the routes of Wabus. */
export function evolutionError(error: WabusError, status: number): PlainAnswer {
  const session = detailOf(error.details, 'session');
  switch (error.code) {
    case 'UNAUTHORIZED':
      return answer(401, 'Unauthorized', error);
    case 'UNKNOWN_SESSION':
      return answer(404, [`The "${session}" instance does not exist`], error);
    case 'SESSION_EXISTS':
      return answer(403, [`This name "${session}" is already in use.`], error);
    case 'NOT_ON_WHATSAPP': {
      const jid = detailOf(error.details, 'jid');
      return answer(400, [{ jid, exists: false, number: jid.split('@')[0] }], error);
    }
    default:
      return answer(status, [error.message], error);
  }
}

/** Returns the response for an unknown path. */
export const evolutionUnknown = (verb: string, path: string): PlainAnswer => ({
  status: 404,
  body: { status: 404, error: 'Not Found', response: { message: [`Cannot ${verb} ${path}`] } }
});
