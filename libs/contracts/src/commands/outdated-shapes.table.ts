import { WabusError } from '../errors/wabus-error.js';

interface OutdatedShape {
  /** Whether the arguments, by position or by name, have the shape that the method took once. */
  readonly matches: (args: readonly unknown[]) => boolean;
  readonly instead: string;
}

/** Arguments that methods of Baileys took once, and that say too little for what WhatsApp wants today. */
const OUTDATED_SHAPES: Readonly<Record<string, OutdatedShape>> = {
  productUpdate: {
    matches: args => args.some(arg => typeof arg === 'object' && arg !== null && Object.hasOwn(arg, 'product')),
    instead:
      'A product is no longer named by a jid and an object {product}: give its id and what it is to be, productUpdate(productId, {name, description, price, currency, images}). getCatalog tells ids.'
  }
};

/** Throws `UNSUPPORTED_BY_WHATSAPP`, with what to use instead, for arguments of a shape that is gone. */
export function refuseOutdatedShape(method: string, args: unknown): void {
  const shape = Object.hasOwn(OUTDATED_SHAPES, method) ? OUTDATED_SHAPES[method]! : null;
  if (shape === null || typeof args !== 'object' || args === null) return;
  const values: unknown[] = Array.isArray(args) ? args : [args, ...Object.values(args as Record<string, unknown>)];
  if (shape.matches(values)) throw new WabusError('UNSUPPORTED_BY_WHATSAPP', { message: shape.instead });
}
