export interface SettingFault {
  /** The environment variable, or the property where there is none. */
  env: string;
  fault: string;
  remedy: string;
}

/** Thrown before anything starts, with everything that is wrong at once. Holds no value of a secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly faults: SettingFault[]) {
    const lines = faults.map(({ env, fault, remedy }) => `  ${env} ${fault}. ${remedy}`);
    super(`${faults.length === 1 ? '1 setting is' : `${faults.length} settings are`} wrong:\n${lines.join('\n')}`);
  }
}
