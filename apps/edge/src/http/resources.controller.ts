import { Controller, Req, RequestMapping, RequestMethod, Res } from '@nestjs/common';
import { commandRoutePath, routesByAddress, type CommandRoute, type PasskeyRequest } from '@wabus/contracts';
import type { Request, Response } from 'express';
import { CurrentPrincipal } from '../auth/bearer.guard.js';
import type { Principal } from '../auth/principal.js';
import { TrustedProxies } from '../auth/trusted-proxies.js';
import { CommandClient } from '../commands-out/command.client.js';
import { commandOf } from './command-route.policy.js';

/**
 * Serves the resources of sessions, with one route per path in the table of command routes. A successful response contains the reply of the
 * command, or is a 204 if the reply is empty. The session is authorized once, by its decoded id.
 */
@Controller()
export class ResourcesController {
  constructor(
    private readonly commands: CommandClient,
    private readonly proxies: TrustedProxies
  ) {}

  /** Executes the row that matches the request. */
  async run(routes: readonly CommandRoute[], principal: Principal, request: Request, response: Response): Promise<void> {
    const { session, ...parts } = request.params;
    const { method, args } = commandOf(routes, { parts, query: request.query, body: request.body as unknown });
    const idempotencyKey = request.get('idempotency-key');
    const reply = await this.commands.execute(principal, { session, method, args, idempotencyKey });
    if (reply === undefined || reply === null) response.status(204).end();
    else response.status(200).json(method === 'getPasskey' ? this.withOrigin(reply as PasskeyRequest, request) : reply);
  }

  /** Completes a one-time address, because users copy it into another program. */
  private withOrigin(reply: PasskeyRequest, request: Request): PasskeyRequest {
    return typeof reply.url !== 'string' ? reply : { ...reply, url: `${this.proxies.originOf(request)}${reply.url}` };
  }
}

type Handler = (this: ResourcesController, principal: Principal, request: Request, response: Response) => Promise<void>;

// Decorators are functions, so they can be applied to methods that are created from rows.
for (const routes of routesByAddress()) {
  const [route] = routes as [CommandRoute];
  const name = `${route.verb} ${route.path}`;
  const handler: Handler = function (principal, request, response) {
    return this.run(routes, principal, request, response);
  };
  const { prototype } = ResourcesController;
  Object.defineProperty(prototype, name, { value: handler, configurable: true, writable: true });
  const path = commandRoutePath(route).replace(/\{(\w+)\}/g, ':$1');
  RequestMapping({ path, method: RequestMethod[route.verb] })(prototype, name, Object.getOwnPropertyDescriptor(prototype, name)!);
  CurrentPrincipal()(prototype, name, 0);
  Req()(prototype, name, 1);
  Res()(prototype, name, 2);
}
