import type { Logger } from 'pino';

/** The source of loggers: one per room. Its name is in every line, as the field `component`. */
export class Log {
  constructor(readonly root: Logger) {}

  for(room: string): Logger {
    return this.root.child({ component: room });
  }
}
