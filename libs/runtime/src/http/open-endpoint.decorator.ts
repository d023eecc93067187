import { type CustomDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';

const OPEN = 'wabus:open-endpoint';

/** Marks a controller or handler that answers without a token: probes and scrapers have none. */
export const OpenEndpoint = (): CustomDecorator => SetMetadata(OPEN, true);

/** Returns whether the called handler or its controller is an {@link OpenEndpoint}, for an application-wide guard. */
export function isOpenEndpoint(context: Pick<ExecutionContext, 'getHandler' | 'getClass'>): boolean {
  return [context.getHandler(), context.getClass()].some(target => Reflect.getMetadata(OPEN, target) === true);
}
