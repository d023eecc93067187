import type { ILogger } from '@whiskeysockets/baileys/lib/Utils/logger.js';

/** A Baileys logger that discards everything, because the simulator's Signal endpoints handle secrets. */
export const silentLogger: ILogger = {
  level: 'silent',
  child: () => silentLogger,
  trace: () => undefined,
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined
};
