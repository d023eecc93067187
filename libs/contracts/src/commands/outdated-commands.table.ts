import { WabusError } from '../errors/wabus-error.js';
import type { CommandName } from './command-catalog.js';

/** Aliases of commands: their names in Baileys' own documents, past and present. */
export const COMMAND_ALIASES: Readonly<Record<string, CommandName>> = {
  connect: 'startSession',
  end: 'stopSession',
  logout: 'logoutSession',
  subscribeToNewsLetter: 'newsletterFollow',
  unsubscribeToNewsLetter: 'newsletterUnfollow'
};

/** Former methods of Baileys that WhatsApp no longer supports, with the alternative. */
export const OUTDATED_COMMANDS: Readonly<Record<string, string>> = {
  requestRegistrationCode:
    'Accounts can no longer be registered through a linked device. Register the number on a phone, then link it with getQr or requestPairingCode.'
};

interface OutdatedShape {
  /** Whether the arguments, by position or by name, have the shape that the method once took. */
  readonly matches: (args: readonly unknown[]) => boolean;
  readonly instead: string;
}

/** Former arguments of Baileys methods that lack data which WhatsApp now requires. */
const OUTDATED_SHAPES: Readonly<Record<string, OutdatedShape>> = {
  productUpdate: {
    matches: args => args.some(arg => typeof arg === 'object' && arg !== null && Object.hasOwn(arg, 'product')),
    instead:
      'A product is no longer identified by a jid and an object {product}. Pass its id and its new fields: productUpdate(productId, {name, description, price, currency, images}). getCatalog returns ids.'
  }
};

/**
 * Refuses arguments in a shape that is no longer supported.
 * @throws {WabusError} `UNSUPPORTED_BY_WHATSAPP`, with the alternative
 */
export function refuseOutdatedShape(method: string, args: unknown): void {
  const shape = Object.hasOwn(OUTDATED_SHAPES, method) ? OUTDATED_SHAPES[method]! : null;
  if (shape === null || typeof args !== 'object' || args === null) return;
  const values: unknown[] = Array.isArray(args) ? args : [args, ...Object.values(args as Record<string, unknown>)];
  if (shape.matches(values)) throw new WabusError('UNSUPPORTED_BY_WHATSAPP', { message: shape.instead });
}
