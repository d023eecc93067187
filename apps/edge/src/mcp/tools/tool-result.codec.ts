import { ERROR_CODES, type WabusError } from '@wabus/contracts';

/** Of one answer, as JSON text: more is of no use to an assistant, and is in its memory twice. */
export const MAX_RESULT_CHARACTERS = 256 * 1024;

/** The result of a tool call (MCP, "tool result"): the same outcome as over HTTP, as data and as text. */
export interface ToolResult {
  readonly content: { readonly type: 'text'; readonly text: string }[];
  readonly structuredContent: Record<string, unknown>;
  readonly isError?: true;
}

/** `{ok: true, data}`. A reply that is too long is cut in the text, and left out of the data with the figures in `omitted`. */
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

/** `{ok: false, error}`, the error with what its code means in general, unless the message says it. */
export function refusalOf(error: WabusError): ToolResult {
  const { meaning } = ERROR_CODES[error.code];
  const outcome = { ok: false, error: { ...error.toBody(), ...(meaning === error.message ? {} : { remedy: meaning }) } };
  return { content: [{ type: 'text', text: JSON.stringify(outcome) }], structuredContent: outcome, isError: true };
}
