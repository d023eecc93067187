import type { FactoryProvider, ValueProvider } from '@nestjs/common';
import { loadConfig } from './config.loader.js';
import type { ConfigClass } from './setting.decorator.js';

/** Makes a config class injectable by its class: the given instance, or one loaded from the environment when the application is created. */
export function configProvider<T extends object>(config: ConfigClass<T>, loaded?: T): FactoryProvider<T> | ValueProvider<T> {
  return loaded ? { provide: config, useValue: loaded } : { provide: config, useFactory: () => loadConfig(config) };
}
