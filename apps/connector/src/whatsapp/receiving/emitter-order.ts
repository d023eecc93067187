import type { EventEmitter } from 'node:events';
import type { BaileysEventEmitter, BaileysEventMap } from '@whiskeysockets/baileys';

/**
 * Hands every event of a socket to `listener` in the order of emission, whatever its name. Baileys reacts to some of its events by emitting others at once, and its own
 * `ev.process` would hand over those first, so the listener is put in front of Baileys' own.
 */
export function onEveryEvent(ev: BaileysEventEmitter, listener: (events: Partial<BaileysEventMap>) => void): void {
  emitterBehind(ev).prependListener('event', listener);
}

/** The Node emitter that `ev` passes its calls on to: Node tells it of each new listener, with itself as `this`. */
function emitterBehind(ev: BaileysEventEmitter): EventEmitter {
  const facade = ev as unknown as Pick<EventEmitter, 'on' | 'off'>;
  const found: EventEmitter[] = [];
  const witness = function (this: EventEmitter): void {
    found.push(this);
  };
  const probe = (): void => undefined;
  facade.on('newListener', witness);
  facade.on('probe', probe);
  facade.off('newListener', witness);
  facade.off('probe', probe);
  if (!found[0]) throw new Error("the socket's event emitter is not the one of Baileys 7.0.0-rc14");
  return found[0];
}
