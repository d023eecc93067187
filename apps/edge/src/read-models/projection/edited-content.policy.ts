import { contentFile, contentKind, unwrappedContent, withinWrappers } from '@wabus/contracts';
import type { Json } from './model.types.js';
import { field, isObject, textOf } from './payload.codec.js';

/** Kinds of content that consist of text only. */
const TEXTS: ReadonlySet<string> = new Set(['conversation', 'extendedTextMessage']);

/**
 * Returns the content after an edit. For an edited picture, phones send only the caption, so an edit of the same kind is merged into the
 * previous content, and its wrapping remains. A text edit of a file replaces its caption. Any other edit replaces the content.
 */
export function editedContent(before: unknown, edit: Json): Json {
  const news = unwrappedContent(edit);
  const [kind, newKind] = [contentKind(before), contentKind(news)];
  if (kind === null || newKind === null || !isObject(news)) return edit;
  if (TEXTS.has(newKind)) {
    const text = newKind === 'conversation' ? textOf(news, newKind) : textOf(news[newKind], 'text');
    if (TEXTS.has(kind)) return within(before, ({ [kind]: old, ...beside }) => ({ ...beside, ...editedText(old, news, text) }));
    return contentFile(before) === null ? edit : within(before, inner => ({ ...inner, [kind]: edited(inner[kind], { caption: text }) }));
  }
  return kind === newKind ? within(before, inner => ({ ...inner, [kind]: edited(inner[kind], news[kind]) })) : edit;
}

const within = (before: unknown, replace: (inner: Json) => Json): Json =>
  withinWrappers(before, inner => given(replace(isObject(inner) ? inner : {}))) as Json;

/** Merges `news` into `before`. */
const edited = (before: unknown, news: unknown): unknown =>
  isObject(news) ? { ...(isObject(before) ? before : {}), ...given(news) } : news;

/** The quotation of a text remains; the preview of a link is dropped with the link. */
function editedText(before: unknown, news: Json, text: string | null): Json {
  const contextInfo = field(before, 'contextInfo');
  return contextInfo === undefined
    ? news
    : { extendedTextMessage: edited({ text, contextInfo }, field(news, 'extendedTextMessage') ?? {}) };
}

/** Drops undefined and null values. */
const given = (value: Json): Json => Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined && one !== null));
