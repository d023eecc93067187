import { resolve } from 'node:path';
import { type ValidationError, validateSync } from 'class-validator';
import { ConfigError, type SettingFault } from './config.errors.js';
import { readSecretFile } from './secret-file.reader.js';
import { readSettingValue, type SettingValue, showSettingValue } from './setting-value.codec.js';
import { SETTING_NAMES } from './setting-names.generated.js';
import { type ConfigClass, type Setting, declaredSettings } from './setting.decorator.js';
import { unknownSettings, type UnknownSetting } from './unknown-setting.policy.js';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface LoadOptions {
  /** Receives warnings about valid but unsafe settings, such as a secret file that everybody can read. */
  onWarning?: (message: string) => void;
}

/**
 * Creates a config class from the environment: converts the variables, then validates them with the class-validator decorators of the class.
 * A missing or empty variable keeps the default. Relative paths of kind `file` are resolved from the working directory.
 * @throws ConfigError naming *all* invalid variables and the remedy for each; never the value of a secret.
 */
export function loadConfig<T extends object>(config: ConfigClass<T>, env: Environment = process.env, options: LoadOptions = {}): T {
  const warn = options.onWarning ?? ((message: string) => process.emitWarning(message));
  const loaded = new config();
  const settings = declaredSettings(config);
  const faults = new Map<string, SettingFault>();
  for (const setting of settings) {
    const reading = readSetting(setting, env, warn);
    if (reading === undefined) continue;
    if ('value' in reading) Object.assign(loaded, { [setting.property]: reading.value });
    else faults.set(setting.property, { env: reading.env ?? setting.env, fault: reading.fault, remedy: remedyOf(setting) });
  }
  for (const error of validateSync(loaded, { forbidUnknownValues: false })) {
    if (faults.has(error.property)) continue;
    const setting = settings.find(({ property }) => property === error.property);
    faults.set(error.property, {
      env: setting?.env ?? error.property,
      fault: faultOf(error, setting),
      remedy: setting ? remedyOf(setting) : ''
    });
  }
  if (faults.size > 0) throw new ConfigError([...faults.values()]);
  return loaded;
}

/** Returns the `WABUS_*` variables in this process's environment that no Wabus process, tool or test reads. */
export function unknownInEnvironment(env: Environment = process.env): UnknownSetting[] {
  return unknownSettings(env, SETTING_NAMES);
}

type SettingReading = { value: unknown } | { fault: string; env?: string };

function readSetting(setting: Setting, env: Environment, warn: (message: string) => void): SettingReading | undefined {
  const text = env[setting.env]?.trim() || undefined;
  const fileVariable = `${setting.env}_FILE`;
  const secretFile = setting.secret ? env[fileVariable]?.trim() || undefined : undefined;
  if (secretFile !== undefined) {
    if (text !== undefined) return { fault: `and ${fileVariable} are both set: keep one` };
    return readSecretSetting(setting, secretFile, warn);
  }
  if (text === undefined) return undefined;
  const reading = readSettingValue(setting.kind, text);
  return setting.kind === 'file' && 'value' in reading ? { value: resolve(text) } : reading;
}

function readSecretSetting(setting: Setting, path: string, warn: (message: string) => void): SettingReading {
  try {
    const { value, warning } = readSecretFile(path);
    if (warning) warn(`${setting.env}_FILE: ${warning}`);
    return readSettingValue(setting.kind, value);
  } catch (err) {
    return { env: `${setting.env}_FILE`, fault: `cannot be read (${reasonOf(err)})` };
  }
}

function reasonOf(err: unknown): string {
  const { code, message } = err as NodeJS.ErrnoException;
  return code ?? message;
}

function faultOf(error: ValidationError, setting: Setting | undefined): string {
  if (error.value === undefined || error.value === null) return 'is not set';
  const constraints = error.constraints ?? {};
  // A validator's message may quote the value, so for a secret only the names of the violated rules are shown.
  if (setting?.secret) return `is not valid (${Object.keys(constraints).join(', ')})`;
  const messages = Object.values(constraints).map(message => message.replace(error.property, '').trim());
  return `${messages.join(' and ') || 'is not valid'} (it is "${showSettingValue(error.value as SettingValue)}")`;
}

function remedyOf({ env, secret, description }: Setting): string {
  return `Set ${env}${secret ? ` or ${env}_FILE` : ''}: ${description}`;
}
