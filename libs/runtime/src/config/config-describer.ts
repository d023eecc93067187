import { getMetadataStorage } from 'class-validator';
import { type SettingValue, showSettingValue } from './setting-value.codec.js';
import { type ConfigClass, type SettingKind, declaredSettings } from './setting.decorator.js';

/** One row of the generated documentation. */
export interface SettingRow {
  env: string;
  property: string;
  kind: SettingKind;
  description: string;
  /** Undefined: no default. */
  default?: string;
  /** Without this setting, the process does not start. */
  required: boolean;
  secret: boolean;
  unit?: string;
  /** `one of a, b`, `at least 1`, …, derived from the validators. */
  allowed?: string;
}

/** Returns all settings of a config class for the documentation, without reading the environment. */
export function describeConfig(config: ConfigClass): SettingRow[] {
  const defaults = new config() as Record<string, SettingValue | null | undefined>;
  const rules = getMetadataStorage().getTargetValidationMetadatas(config, '', false, false);
  return declaredSettings(config).map(setting => {
    const own = rules.filter(({ propertyName }) => propertyName === setting.property);
    const optional = own.some(({ type, name }) => type === 'conditionalValidation' || name === 'isOptional');
    const value = defaults[setting.property];
    const fallback = setting.defaultText ?? (setting.secret ? undefined : showSettingValue(value));
    return {
      env: setting.env,
      property: setting.property,
      kind: setting.kind,
      description: setting.description,
      ...(fallback !== undefined && { default: fallback }),
      required: value === undefined && !optional && own.length > 0,
      secret: setting.secret ?? false,
      ...(setting.unit !== undefined && { unit: setting.unit }),
      ...allowedBy(own)
    };
  });
}

/** Returns the effective settings by variable for the startup log; a secret is shown only as `set` or `unset`. */
export function summarise(config: object): Record<string, string> {
  const values = config as Record<string, SettingValue | null | undefined>;
  return Object.fromEntries(
    declaredSettings(config.constructor as ConfigClass).map(({ env, property, secret }) => {
      const value = values[property];
      const isSet = value !== undefined && value !== null && value !== '';
      return [env, isSet && !secret ? (showSettingValue(value) ?? 'unset') : isSet ? 'set' : 'unset'];
    })
  );
}

function allowedBy(rules: { name?: string; constraints?: unknown[] }[]): { allowed?: string } {
  const parts = rules.flatMap(({ name, constraints = [] }) => {
    const [first, second] = constraints;
    switch (name) {
      case 'isIn':
        return [`one of ${(first as unknown[]).join(', ')}`];
      case 'isEnum':
        return [`one of ${(second as unknown[]).join(', ')}`];
      case 'min':
        return [`at least ${String(first)}`];
      case 'max':
        return [`at most ${String(first)}`];
      case 'matches':
        return [`matching ${String(first)}`];
      default:
        return [];
    }
  });
  return parts.length > 0 ? { allowed: parts.join('; ') } : {};
}
