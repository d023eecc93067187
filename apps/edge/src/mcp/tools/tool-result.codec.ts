import { ERROR_CODES, type WabusError } from '@wabus/contracts';

/** The size limit of one response as JSON text. A longer one is of no use to an assistant, and occupies its memory twice. */
export const MAX_RESULT_CHARACTERS = 256 * 1024;

/** The result of a tool call (MCP, "tool result"): the same outcome as over HTTP, as data and as text. */
export interface ToolResult {
  readonly content: { readonly type: 'text'; readonly text: string }[];
  readonly structuredContent: Record<string, unknown>;
  readonly isError?: true;
}

/** Returns `{ok: true, data}`. If the reply is too long, its text is truncated, and the data contains the figures in `omitted` instead. */
export function resultOf(reply: unknown): ToolResult {
  const data = reply ?? null;
  const text = JSON.stringify({ ok: true, data });
  if (text.length <= MAX_RESULT_CHARACTERS) return { content: [{ type: 'text', text }], structuredContent: { ok: true, data } };
  const omitted = { characters: text.length, shown: MAX_RESULT_CHARACTERS };
  const remedy = `Truncated after ${omitted.shown} of ${omitted.characters} characters: request less, or use HTTP.`;
  return {
    content: [
      { type: 'text', text: text.slice(0, MAX_RESULT_CHARACTERS) },
      { type: 'text', text: remedy }
    ],
    structuredContent: { ok: true, data: null, omitted: { ...omitted, remedy } }
  };
}

/** Returns `{ok: false, error}`. The error includes the general meaning of its code, unless the message is the same. */
export function refusalOf(error: WabusError): ToolResult {
  const { meaning } = ERROR_CODES[error.code];
  const outcome = { ok: false, error: { ...error.toBody(), ...(meaning === error.message ? {} : { remedy: meaning }) } };
  return { content: [{ type: 'text', text: JSON.stringify(outcome) }], structuredContent: outcome, isError: true };
}
