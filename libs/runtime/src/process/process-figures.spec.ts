import { ProcessFigures } from './process-figures.js';
import { VERSION } from './version.js';

describe('the figures of a process', () => {
  it('contain its release, its start and its memory', () => {
    const { version, startedAt, memoryBytes } = new ProcessFigures().read();
    expect(version).toBe(VERSION);
    expect(Date.parse(startedAt)).toBeLessThan(Date.now());
    expect(Math.abs(memoryBytes / process.memoryUsage.rss() - 1)).toBeLessThan(0.5);
  });

  it('contain the processor use since the previous reading', () => {
    const figures = new ProcessFigures();
    figures.read();
    const until = performance.now() + 60;
    while (performance.now() < until);
    const { cpu } = figures.read();
    expect(cpu).toBeGreaterThan(0.1);
    expect(cpu).toBeLessThan(20);
  });
});
