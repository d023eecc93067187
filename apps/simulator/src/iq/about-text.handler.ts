import type { Account } from '../accounts/account.js';
import { element, requiredChild, secondsNow, type Stanza } from '../stanza/stanza.js';
import { emptyResult, iqRefusal, type IqHandler } from '../world/iq-request.js';
import type { MexAnswer, MexRequest } from './newsletter-mex.table.js';

/** The mutation of the official client: `{input: {text, emoji: {content}, ephemeral_duration_sec}}` (whatsmeow 662b0121, 6 Aug 2026). */
export const UPDATE_TEXT_STATUS = '9152604461510864';

/** Answers the `status` iq without changing anything (wwebjs 3989, whatsmeow 1219). */
export const statusIqHandler: IqHandler = ({ account, stanza, type }) => {
  if (!account) return iqRefusal.notAuthorized;
  if (type === 'set') requiredChild(stanza, 'status');
  return emptyResult;
};

/**
 * Sets the "about" text, or clears it if there is neither text nor emoji. A text without expiry,
 * with `ephemeral_duration_sec` 0, is refused with 400 (Baileys PR 2798, measured on 4 Sep 2026).
 */
export function updateTextStatus({ world, account, variables }: MexRequest): MexAnswer {
  const { text, emoji, ephemeral_duration_sec: durationSeconds } = (variables['input'] ?? {}) as TextStatusInput;
  const content = (emoji as { content?: unknown } | undefined)?.content;
  const known = isTextOrNothing(text) && isTextOrNothing(content) && Number.isInteger(durationSeconds);
  const set = Boolean(text) || Boolean(content);
  if (!known || Number(durationSeconds) < 0 || (set && durationSeconds === 0)) return { code: 400, message: 'Bad Request' };
  account.about = {
    text: typeof text === 'string' ? text : '',
    emoji: typeof content === 'string' && content !== '' ? content : undefined,
    durationSeconds: Number(durationSeconds),
    setAt: Number(secondsNow())
  };
  account.status = account.about.text;
  world.events.emit('changed');
  return { path: 'xwa2_update_text_status', value: { result: 'SUCCESS' } };
}

/** Returns the usync response for the protocol `status`: the emoji precedes the text (Baileys PR 2798). */
export function statusElement(account: Account): Stanza {
  const about = presentAbout(account);
  const text = account.about ? [about?.emoji, about?.text].filter(Boolean).join(' ') : account.status;
  return element('status', { t: account.about?.setAt ?? secondsNow() }, Buffer.from(text));
}

/** Returns the usync response for the protocol `text_status`. */
export function textStatusElement(account: Account): Stanza | undefined {
  const about = presentAbout(account);
  if (!about) return undefined;
  const attrs = { text: about.text, ephemeral_duration_sec: about.durationSeconds, last_update_time: about.setAt };
  return element('text_status', attrs, about.emoji === undefined ? undefined : [element('emoji', { content: about.emoji })]);
}

interface TextStatusInput {
  readonly text?: unknown;
  readonly emoji?: unknown;
  readonly ephemeral_duration_sec?: unknown;
}

function presentAbout({ about }: Account): Account['about'] {
  return about && about.setAt + about.durationSeconds > Number(secondsNow()) ? about : undefined;
}

function isTextOrNothing(value: unknown): boolean {
  return value === undefined || value === null || typeof value === 'string';
}
