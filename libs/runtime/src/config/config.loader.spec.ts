import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ArrayNotEmpty, IsIn, IsInt, IsOptional, IsString, Max, Min, MinLength } from 'class-validator';
import { describeConfig, summarise } from './config-describer.js';
import { ConfigError } from './config.errors.js';
import { loadConfig } from './config.loader.js';
import { Setting } from './setting.decorator.js';

class ListenConfig {
  @Setting({ env: 'T_PORT', description: 'Port to listen on.' })
  @IsInt()
  @Min(0)
  @Max(65_535)
  port: number = 8080;
}

class SampleConfig extends ListenConfig {
  @Setting({ env: 'T_SERVERS', description: 'Servers, separated by commas.' })
  @ArrayNotEmpty()
  servers: string[] = ['nats://127.0.0.1:4222'];

  @Setting({ env: 'T_LEVEL', description: 'How much to log.' })
  @IsIn(['info', 'debug'])
  level: 'info' | 'debug' = 'info';

  @Setting({ env: 'T_VERBOSE', description: 'Whether to say more.' })
  verbose: boolean = false;

  @Setting({ env: 'T_WAIT_MS', description: 'How long to wait.', unit: 'ms' })
  @IsOptional()
  @Min(1)
  waitMs?: number;

  @Setting({ env: 'T_STATE', description: 'Where state is kept.', kind: 'file' })
  stateFile: string = '.state';

  @Setting({ env: 'T_TOKEN', description: 'What clients must show.', secret: true })
  @IsString()
  @MinLength(8, { message: 'the token "$value" is too short' })
  token!: string;
}

const TOKEN = 'correct-horse';
const good = { T_TOKEN: TOKEN };
const silent = { onWarning: () => undefined };

function refusalOf(env: Record<string, string>): ConfigError {
  try {
    loadConfig(SampleConfig, env, silent);
  } catch (err) {
    if (err instanceof ConfigError) return err;
    throw err;
  }
  throw new Error('the settings were accepted');
}

describe('loadConfig', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'wabus-config-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const secretFile = (text: string, mode = 0o600): string => {
    const path = join(folder, 'token');
    writeFileSync(path, text);
    chmodSync(path, mode);
    return path;
  };

  it('keeps the defaults of unset and empty variables', () => {
    const config = loadConfig(SampleConfig, { ...good, T_PORT: '', T_LEVEL: '  ' });
    expect(config).toBeInstanceOf(SampleConfig);
    expect(config).toMatchObject({ port: 8080, servers: ['nats://127.0.0.1:4222'], level: 'info', verbose: false, token: TOKEN });
  });

  it('converts variables to property types, inherited ones too', () => {
    const env = { ...good, T_PORT: '0', T_SERVERS: 'a, b', T_LEVEL: 'debug', T_VERBOSE: 'yes', T_WAIT_MS: '250', T_STATE: 'some/where' };
    expect(loadConfig(SampleConfig, env)).toMatchObject({
      port: 0,
      servers: ['a', 'b'],
      level: 'debug',
      verbose: true,
      waitMs: 250,
      stateFile: resolve('some/where')
    });
  });

  it('names every invalid setting at once, with the remedy', () => {
    const { faults, message } = refusalOf({ T_PORT: '70000', T_LEVEL: 'loud', T_VERBOSE: 'perhaps', T_WAIT_MS: 'soon' });
    expect(faults.map(({ env }) => env).sort()).toEqual(['T_LEVEL', 'T_PORT', 'T_TOKEN', 'T_VERBOSE', 'T_WAIT_MS']);
    expect(message).toContain('5 settings are wrong');
    expect(message).toContain('T_PORT must not be greater than 65535 (it is "70000"). Set T_PORT: Port to listen on.');
    expect(message).toContain('T_TOKEN is not set. Set T_TOKEN or T_TOKEN_FILE: What clients must show.');
    expect(message).toContain('T_WAIT_MS must be a number');
  });

  it('never shows the value of a secret, even in errors', () => {
    const { message } = refusalOf({ T_TOKEN: 'hunter2' });
    expect(message).toContain('T_TOKEN is not valid (minLength)');
    expect(message).not.toContain('hunter2');
  });

  it('does not show the password in the URL of a wrong setting', () => {
    class UrlConfig {
      @Setting({ env: 'T_URL', description: 'Where.' })
      @IsIn(['nowhere'])
      url: string = 'nowhere';
    }
    expect(() => loadConfig(UrlConfig, { T_URL: 'nats://me:hunter2@host' })).toThrow(/nats:\/\/\*\*\*@host/);
  });

  it('reads a secret from a file, without the trailing newline', () => {
    expect(loadConfig(SampleConfig, { T_TOKEN_FILE: secretFile(`${TOKEN}\n`) }).token).toBe(TOKEN);
  });

  it('warns only of a secret file that other users can read', () => {
    const warnings: string[] = [];
    const options = { onWarning: (message: string) => warnings.push(message) };
    loadConfig(SampleConfig, { T_TOKEN_FILE: secretFile(TOKEN, 0o600) }, options);
    expect(warnings).toEqual([]);
    loadConfig(SampleConfig, { T_TOKEN_FILE: secretFile(TOKEN, 0o644) }, options);
    expect(warnings).toEqual([expect.stringMatching(/^T_TOKEN_FILE: .*token can be read by users other than its owner: chmod 600 /)]);
  });

  it('names the file variable if its file is missing or empty', () => {
    expect(refusalOf({ T_TOKEN_FILE: join(folder, 'absent') }).message).toContain('T_TOKEN_FILE cannot be read (ENOENT)');
    expect(refusalOf({ T_TOKEN_FILE: secretFile(' \n') }).message).toContain('T_TOKEN_FILE cannot be read (the file is empty)');
  });

  it('refuses a secret that is set twice', () => {
    expect(refusalOf({ ...good, T_TOKEN_FILE: secretFile('another-token') }).message).toContain('T_TOKEN and T_TOKEN_FILE are both set');
  });

  it('refuses a property of unknown type at definition', () => {
    expect(() => {
      class Vague {
        @Setting({ env: 'T_VAGUE', description: 'Anything.' })
        vague: string | number = 1;
      }
      return Vague;
    }).toThrow('Vague.vague');
  });
});

describe('describeConfig', () => {
  it('describes default, unit and limits without an environment', () => {
    const rows = Object.fromEntries(describeConfig(SampleConfig).map(row => [row.env, row]));
    expect(Object.keys(rows)).toEqual(['T_PORT', 'T_SERVERS', 'T_LEVEL', 'T_VERBOSE', 'T_WAIT_MS', 'T_STATE', 'T_TOKEN']);
    expect(rows['T_PORT']).toMatchObject({
      kind: 'number',
      default: '8080',
      required: false,
      allowed: expect.stringContaining('at most 65535') as string
    });
    expect(rows['T_LEVEL']).toMatchObject({ allowed: 'one of info, debug' });
    expect(rows['T_WAIT_MS']).toMatchObject({ unit: 'ms', required: false });
    expect(rows['T_WAIT_MS']).not.toHaveProperty('default');
    expect(rows['T_TOKEN']).toMatchObject({ secret: true, required: true });
  });
});

describe('summarise', () => {
  it('shows the effective values, but only whether secrets are set', () => {
    const summary = summarise(loadConfig(SampleConfig, { ...good, T_SERVERS: 'nats://me:hunter2@host' }));
    expect(summary).toMatchObject({ T_PORT: '8080', T_SERVERS: 'nats://***@host', T_WAIT_MS: 'unset', T_TOKEN: 'set' });
    expect(JSON.stringify(summary)).not.toContain(TOKEN);
  });
});
