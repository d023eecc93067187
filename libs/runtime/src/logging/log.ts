import type { Logger } from 'pino';

/** The source of loggers: one per room, whose name is in every line. */
export class Log {
  constructor(readonly root: Logger) {}

  for(room: string): Logger {
    return this.root.child({ room });
  }
}
