// @ts-check
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../install.mjs';
import { findOnPath, runCommand } from '../process/command.runner.mjs';

const UNITS = join(ROOT, 'deploy', 'systemd');
const units = readdirSync(UNITS);
/** The stop limit of the processes of each unit in seconds, from tools/start/process.specs.mjs. */
const STOP_LIMITS = /** @type {Record<string, number>} */ ({
  'wabus.service': 10 + 15 + 10,
  'wabus-connector.service': 15,
  'wabus-edge.service': 10
});

/**
 * @param {string} unit
 * @returns {Record<string, string>} the last value of each key
 */
const settingsOf = unit =>
  Object.fromEntries(
    readFileSync(join(UNITS, unit), 'utf8')
      .split('\n')
      .filter(line => /^[A-Z]\w*=/.test(line))
      .map(line => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)])
  );

describe('the units for systemd', () => {
  it('exist for all processes together and for each side', () => {
    expect(units.sort()).toEqual(Object.keys(STOP_LIMITS).sort());
  });

  it.each(units)('%s signals only the main process and gives it time', unit => {
    const settings = settingsOf(unit);
    expect(settings['KillMode']).toBe('mixed');
    expect(settings).not.toHaveProperty('KillSignal');
    expect(Number(settings['TimeoutStopSec'])).toBeGreaterThan(STOP_LIMITS[unit] ?? Infinity);
  });

  it.each(units)('%s runs an existing file as an unprivileged user', unit => {
    const { ExecStart = '', User, NoNewPrivileges } = settingsOf(unit);
    const [node, ...args] = ExecStart.split(' ');
    expect(node).toBe('/usr/bin/node');
    const script = args.find(arg => !arg.startsWith('--')) ?? '';
    expect(existsSync(join(ROOT, script))).toBe(true);
    expect({ User, NoNewPrivileges }).toEqual({ User: 'wabus', NoNewPrivileges: 'yes' });
  });

  const analyze = findOnPath('systemd-analyze');
  (analyze ? it : it.skip)('have no fault that systemd finds', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'wabus-units-'));
    try {
      for (const unit of units)
        writeFileSync(join(folder, unit), readFileSync(join(UNITS, unit), 'utf8').replace('/usr/bin/node', process.execPath));
      const { code, stdout, stderr, error } = await runCommand(analyze ?? '', [
        'verify',
        '--man=no',
        ...units.map(unit => join(folder, unit))
      ]);
      // The output may also contain messages about other units on this machine.
      const ours = `${stdout}${stderr}`.split('\n').filter(line => line.includes(folder) || /^wabus/.test(line));
      expect({ ours, error }).toEqual({ ours: [], error: null });
      expect(code).toBe(0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('the file for pm2', () => {
  const { apps } = createRequire(import.meta.url)(join(ROOT, 'deploy', 'pm2', 'ecosystem.config.cjs'));

  it('signals only the supervisor and gives it time', () => {
    expect(apps).toHaveLength(1);
    expect(apps[0]).toMatchObject({ treekill: false, exec_mode: 'fork', instances: 1 });
    expect(apps[0].kill_timeout).toBeGreaterThan((STOP_LIMITS['wabus.service'] ?? Infinity) * 1_000);
  });

  it('runs an existing file', () => {
    expect(existsSync(join(apps[0].cwd, apps[0].script))).toBe(true);
  });
});
