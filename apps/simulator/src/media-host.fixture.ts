import { Agent, type Dispatcher } from 'undici';
import type { UserFacingSocketConfig } from '@whiskeysockets/baileys';

/**
 * Returns options that make a stock socket fetch files from the media host of a simulator
 * instead of WhatsApp's: history files and snapshots, of which messages contain only the path.
 */
export function mediaFrom(simulatorUrl: string): Pick<UserFacingSocketConfig, 'options'> {
  const origin = `http://${new URL(simulatorUrl).host}`;
  const toOrigin: Dispatcher.DispatcherComposeInterceptor = dispatch => (request, handler) => dispatch({ ...request, origin }, handler);
  // Baileys' types declare `options` as those of `fetch` before it had dispatchers.
  return { options: { dispatcher: new Agent().compose(toOrigin) } as RequestInit };
}
