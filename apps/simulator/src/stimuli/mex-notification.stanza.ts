import { element, SERVER_JID, type Stanza } from '../stanza/stanza.js';

/** A GraphQL notification: what happened, and its data as JSON. */
export function mexNotification(operation: string, data: object): Stanza {
  const update = element('update', { op_name: operation }, Buffer.from(JSON.stringify({ data })));
  return element('notification', { from: SERVER_JID, type: 'mex' }, [update]);
}
