import { QueryIds, XWAPaths } from '@whiskeysockets/baileys';
import { MalformedStanzaError, element, requiredBytes, requiredChild } from '../stanza/stanza.js';
import { lockAnswer, quotaAnswer } from '../reach/reach-notices.js';
import { iqRefusal, type IqHandler } from '../world/iq-request.js';
import { UPDATE_TEXT_STATUS, updateTextStatus } from './about-text.handler.js';
import { hasDeclaredVariables } from './mex-variables.policy.js';
import { newsletterMex, type MexAnswer, type MexRequest, type MexVariables } from './newsletter-mex.table.js';
import { newslettersOf } from './newsletter.registry.js';

const accountMex: Readonly<Record<string, (question: MexRequest) => MexAnswer>> = {
  [UPDATE_TEXT_STATUS]: updateTextStatus,
  [QueryIds.REACHOUT_TIMELOCK]: ({ account }) => ({
    path: XWAPaths.xwa2_fetch_account_reachout_timelock,
    value: lockAnswer(account)
  }),
  [QueryIds.MESSAGE_CAPPING_INFO]: ({ account }) => ({ path: XWAPaths.xwa2_message_capping_info, value: quotaAnswer(account) })
};

const BAD_REQUEST: MexAnswer = { code: 400, message: 'Bad Request' };

/** Answers `w:mex`, which contains stored GraphQL queries by number; an unknown number gets empty data. */
export const mexIqHandler: IqHandler = ({ world, account, stanza }) => {
  if (!account) return iqRefusal.notAuthorized;
  const query = requiredChild(stanza, 'query');
  const id = query.attrs['query_id'] ?? '';
  const variables = variablesOf(requiredBytes(query));
  const refused = newslettersOf(world).refusedQueries.has(id) || !hasDeclaredVariables(id, variables);
  const answer = refused ? BAD_REQUEST : (newsletterMex[id] ?? accountMex[id])?.({ world, account, variables });
  return { result: [element('result', {}, Buffer.from(JSON.stringify(bodyOf(answer))))] };
};

function bodyOf(answer: MexAnswer | undefined): object {
  if (!answer) return { data: {} };
  if ('path' in answer) return { data: { [answer.path]: answer.value } };
  return { data: null, errors: [{ message: answer.message, extensions: { error_code: answer.code } }] };
}

function variablesOf(body: Buffer): MexVariables {
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8'));
    if (typeof parsed === 'object' && parsed !== null && 'variables' in parsed) return parsed.variables as MexVariables;
  } catch {
    // Handled below, like any other malformed query.
  }
  throw new MalformedStanzaError('<query> lacks variables');
}
