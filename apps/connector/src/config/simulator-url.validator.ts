import { buildMessage, ValidateBy, type ValidationArguments } from 'class-validator';
import { parseSimulatorOption } from '../whatsapp/connecting/simulator.policy.js';

/** Both simulator settings together are valid; the message is that of `parseSimulatorOption`. On the key it checks only that there is a URL, so that one fault is told once. */
export function IsSimulatorUrl(): PropertyDecorator {
  const fault = (args: ValidationArguments | undefined): string | null => {
    const config = args?.object as { simulatorUrl?: string; simulatorRootKey?: string } | undefined;
    if (args?.property === 'simulatorRootKey' && config?.simulatorUrl) return null;
    try {
      parseSimulatorOption(config?.simulatorUrl, config?.simulatorRootKey);
      return null;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  };
  return ValidateBy({
    name: 'isSimulatorUrl',
    validator: { validate: (_value, args) => fault(args) === null, defaultMessage: buildMessage((_each, args) => fault(args) ?? '') }
  });
}
