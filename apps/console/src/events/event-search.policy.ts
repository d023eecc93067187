import type { AnyEvent } from '@wabus/sdk';

const texts = new WeakMap<AnyEvent, string>();

/** Whether an event has the text anywhere in its envelope, in any case. Every event has the empty text. */
export function hasText(event: AnyEvent, find: string): boolean {
  if (find === '') return true;
  let text = texts.get(event);
  if (text === undefined) texts.set(event, (text = valuesOf(event)));
  return text.includes(find.toLowerCase());
}

/** As JSON, and the texts in it as people write them: an escaped quote is found either way. */
function valuesOf(event: AnyEvent): string {
  const json = JSON.stringify(event);
  const plain = json.includes('\\') ? json.replaceAll('\\"', '"').replaceAll('\\n', '\n') : '';
  return `${json}\n${plain}`.toLowerCase();
}
