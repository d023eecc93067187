/** Log lines for humans, on standard error; standard output gets only the ready line. */
export abstract class SimulatorLog {
  abstract info(fields: Record<string, unknown>, message: string): void;
  abstract warn(fields: Record<string, unknown>, message: string): void;
}

export class StderrLog extends SimulatorLog {
  info(fields: Record<string, unknown>, message: string): void {
    write('info', fields, message);
  }

  warn(fields: Record<string, unknown>, message: string): void {
    write('warn', fields, message);
  }
}

export class SilentLog extends SimulatorLog {
  info(): void {
    return;
  }

  warn(): void {
    return;
  }
}

function write(level: string, fields: Record<string, unknown>, message: string): void {
  const details = Object.entries(fields).map(([name, value]) => ` ${name}=${value instanceof Error ? value.message : String(value)}`);
  process.stderr.write(`simulator ${level}: ${message}${details.join('')}\n`);
}
