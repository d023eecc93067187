import { createLogger } from './process.logger.js';
import { LogDestination, type LostLines } from './log-destination.js';

/** An output that accepts this many bytes at a time, or fails with an error code. */
class Output {
  text = '';
  fault: string | null = null;
  most = Infinity;

  readonly write = (bytes: Uint8Array, offset: number): number => {
    if (this.fault !== null) throw Object.assign(new Error(this.fault), { code: this.fault });
    const taken = Buffer.from(bytes).subarray(offset, offset + this.most);
    this.text += taken.toString();
    return taken.length;
  };
}

describe('a log that cannot be written', () => {
  let output: Output;
  let reported: LostLines[];
  let destination: LogDestination;
  beforeEach(() => {
    output = new Output();
    reported = [];
    destination = new LogDestination(lost => reported.push(lost), output.write);
  });

  it.each(['ENOSPC', 'EPIPE', 'EIO', 'EBADF', 'EAGAIN'])('loses the line, never throws, and counts the lost lines: %s', code => {
    output.fault = code;
    destination.write('one\n');
    destination.write('two\n');
    output.fault = null;
    destination.write('three\n');
    destination.write('four\n');
    expect(output.text).toBe('three\nfour\n');
    expect(reported).toEqual([{ lines: 2, code }]);
  });

  it('writes a whole line, however few bytes a write accepts', () => {
    output.most = 3;
    destination.write('one long line\n');
    expect(output.text).toBe('one long line\n');
    expect(reported).toEqual([]);
  });

  it('starts a new line after a partly written one', () => {
    output.most = 2;
    const { write } = output;
    let calls = 0;
    const failing = new LogDestination(
      () => undefined,
      (bytes, offset) => {
        if (++calls === 2) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
        return write(bytes, offset);
      }
    );
    failing.write('{"a":1}\n');
    failing.write('{"b":2}\n');
    expect(output.text).toBe('{"\n{"b":2}\n');
  });

  it('reports the loss in the log once lines get through', () => {
    const logger = createLogger({ service: 'test', level: 'info', write: output.write });
    output.fault = 'ENOSPC';
    logger.info('lost');
    output.fault = null;
    logger.info('back');
    const [back, lost] = output.text
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as Record<string, unknown>);
    expect(back).toMatchObject({ msg: 'back' });
    expect(lost).toMatchObject({ level: 'warn', lines: 1, code: 'ENOSPC', msg: 'failed to write log lines' });
  });
});
