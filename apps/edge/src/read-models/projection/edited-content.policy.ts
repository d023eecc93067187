import { contentFile, contentKind, unwrappedContent, withinWrappers } from '@wabus/contracts';
import type { Json } from './model.types.js';
import { field, isObject, textOf } from './payload.codec.js';

/** What is read as a text and nothing else. */
const TEXTS: ReadonlySet<string> = new Set(['conversation', 'extendedTextMessage']);

/**
 * A content after an edit. Phones send of an edited picture the caption only, so an edit is laid over what was there when it is of the same kind; what is wrapped around
 * it stays. A text laid over a file is its caption. Otherwise the edit takes the place of the content.
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

/** `news` over `before`. */
const edited = (before: unknown, news: unknown): unknown =>
  isObject(news) ? { ...(isObject(before) ? before : {}), ...given(news) } : news;

/** What a text quotes stays; the picture of a link goes with the link. */
function editedText(before: unknown, news: Json, text: string | null): Json {
  const contextInfo = field(before, 'contextInfo');
  return contextInfo === undefined
    ? news
    : { extendedTextMessage: edited({ text, contextInfo }, field(news, 'extendedTextMessage') ?? {}) };
}

/** Without what is not said. */
const given = (value: Json): Json => Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined && one !== null));
