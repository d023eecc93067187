export interface SettingFault {
  /** The environment variable, or the property if there is none. */
  env: string;
  fault: string;
  remedy: string;
}

/** Thrown before anything starts, with every invalid setting at once. Contains no value of a secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly faults: SettingFault[]) {
    const lines = faults.map(({ env, fault, remedy }) => `  ${env} ${fault}. ${remedy}`);
    super(`${faults.length === 1 ? '1 setting is' : `${faults.length} settings are`} wrong:\n${lines.join('\n')}`);
  }
}
