import type { AnyEvent } from '@wabus/sdk';

const texts = new WeakMap<AnyEvent, string>();

/** Whether the envelope of an event contains the text anywhere, ignoring case. Every event contains the empty text. */
export function hasText(event: AnyEvent, find: string): boolean {
  if (find === '') return true;
  let text = texts.get(event);
  if (text === undefined) texts.set(event, (text = valuesOf(event)));
  return text.includes(find.toLowerCase());
}

/** The JSON and its texts without escapes, so that an escaped quote is found in either form. */
function valuesOf(event: AnyEvent): string {
  const json = JSON.stringify(event);
  const plain = json.includes('\\') ? json.replaceAll('\\"', '"').replaceAll('\\n', '\n') : '';
  return `${json}\n${plain}`.toLowerCase();
}
