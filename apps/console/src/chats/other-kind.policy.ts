/** The user-facing kind of a content that is neither text nor a file. */
export type OtherKind = 'poll' | 'location' | 'contact' | 'event' | 'call' | 'product' | 'order' | 'other';

const WORDS: readonly (readonly [RegExp, OtherKind])[] = [
  [/poll/i, 'poll'],
  [/location/i, 'location'],
  [/contact/i, 'contact'],
  [/event/i, 'event'],
  [/call/i, 'call'],
  [/product/i, 'product'],
  [/order|invoice|payment/i, 'order']
];

/** Returns the kind for the name of a field on the wire, such as `pollCreationMessageV3`. */
export function kindNameOf(field: string): OtherKind {
  return WORDS.find(([word]) => word.test(field))?.[1] ?? 'other';
}
