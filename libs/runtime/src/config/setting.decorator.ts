import 'reflect-metadata';

const SETTINGS = Symbol('wabus:settings');

/**
 * The conversion from the text of an environment variable to a value.
 * `list` splits at commas; `file` is a path that is made absolute, and its content is not read.
 */
export type SettingKind = 'text' | 'number' | 'boolean' | 'list' | 'file';

export interface SettingOptions {
  /** Name of the environment variable. */
  env: string;
  /** One sentence for the documentation and for the error message of an invalid value. */
  description: string;
  /** Default: derived from the declared type of the property. Required for `file`, and if the type is an imported alias. */
  kind?: SettingKind;
  /** Never shown; may also be given as the path of a file in `<env>_FILE`. */
  secret?: boolean;
  /** Unit of a number, for the documentation: `ms`, `bytes`. */
  unit?: string;
  /** The default shown in the documentation if the real one depends on the machine. */
  defaultText?: string;
}

export interface Setting extends SettingOptions {
  property: string;
  kind: SettingKind;
}

/** Any class whose properties have {@link Setting}; it is created without arguments and its initial values are the defaults. */
export type ConfigClass<T extends object = object> = new () => T;

/** Binds a property of a config class to an environment variable. Declare the property's type: it determines the conversion. */
export function Setting(options: SettingOptions): PropertyDecorator {
  return (prototype, property) => {
    const own = (Reflect.getOwnMetadata(SETTINGS, prototype) as Setting[] | undefined) ?? [];
    const name = String(property);
    const kind = options.kind ?? kindOf(Reflect.getMetadata('design:type', prototype, property), `${prototype.constructor.name}.${name}`);
    Reflect.defineMetadata(SETTINGS, [...own, { ...options, property: name, kind }], prototype);
  };
}

/** Returns the settings of a config class in the order of declaration, inherited ones first. */
export function declaredSettings(config: ConfigClass): Setting[] {
  const found = new Map<string, Setting>();
  const lineage: object[] = [];
  for (let prototype = config.prototype as object | null; prototype; prototype = Object.getPrototypeOf(prototype) as object | null) {
    lineage.unshift(prototype);
  }
  for (const prototype of lineage) {
    for (const setting of (Reflect.getOwnMetadata(SETTINGS, prototype) as Setting[] | undefined) ?? [])
      found.set(setting.property, setting);
  }
  return [...found.values()];
}

function kindOf(type: unknown, name: string): SettingKind {
  if (type === String) return 'text';
  if (type === Number) return 'number';
  if (type === Boolean) return 'boolean';
  if (type === Array) return 'list';
  throw new TypeError(
    `the type of setting ${name} cannot be inferred: declare it as string, number, boolean or string[], or give its kind`
  );
}
