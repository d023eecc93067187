import type { Logger } from 'pino';

/** Where rooms get their loggers: one per room, with its name in every line. */
export class Log {
  constructor(readonly root: Logger) {}

  for(room: string): Logger {
    return this.root.child({ room });
  }
}
