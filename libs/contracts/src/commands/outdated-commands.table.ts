import { WabusError } from '../errors/wabus-error.js';
import type { CommandName } from './command-catalog.js';

/** Other names of commands: those of Baileys' own documents, past and present. */
export const COMMAND_ALIASES: Readonly<Record<string, CommandName>> = {
  connect: 'startSession',
  end: 'stopSession',
  logout: 'logoutSession',
  subscribeToNewsLetter: 'newsletterFollow',
  unsubscribeToNewsLetter: 'newsletterUnfollow'
};

/** What Baileys could once do and WhatsApp no longer offers: what to use instead. */
export const OUTDATED_COMMANDS: Readonly<Record<string, string>> = {
  requestRegistrationCode:
    'Accounts can no longer be registered through a linked device. Register the number on a phone, then link it with getQr or requestPairingCode.'
};

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
      'A product is no longer identified by a jid and an object {product}. Pass its id and its new fields: productUpdate(productId, {name, description, price, currency, images}). getCatalog returns ids.'
  }
};

/** Throws `UNSUPPORTED_BY_WHATSAPP`, with what to use instead, for arguments of a shape that is gone. */
export function refuseOutdatedShape(method: string, args: unknown): void {
  const shape = Object.hasOwn(OUTDATED_SHAPES, method) ? OUTDATED_SHAPES[method]! : null;
  if (shape === null || typeof args !== 'object' || args === null) return;
  const values: unknown[] = Array.isArray(args) ? args : [args, ...Object.values(args as Record<string, unknown>)];
  if (shape.matches(values)) throw new WabusError('UNSUPPORTED_BY_WHATSAPP', { message: shape.instead });
}
