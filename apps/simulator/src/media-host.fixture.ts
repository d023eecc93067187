import { Agent, type Dispatcher } from 'undici';
import type { UserFacingSocketConfig } from '@whiskeysockets/baileys';

/**
 * Options of a stock socket that make it fetch from the media host of a simulator what it would fetch from WhatsApp's: history files and snapshots, of which
 * messages name the path only.
 */
export function mediaFrom(simulatorUrl: string): Pick<UserFacingSocketConfig, 'options'> {
  const origin = `http://${new URL(simulatorUrl).host}`;
  const toOrigin: Dispatcher.DispatcherComposeInterceptor = dispatch => (request, handler) => dispatch({ ...request, origin }, handler);
  // Baileys' types know `options` as that of `fetch` before it had dispatchers.
  return { options: { dispatcher: new Agent().compose(toOrigin) } as RequestInit };
}
