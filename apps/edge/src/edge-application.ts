import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { ProcessContext } from '@wabus/runtime';
import { urlencoded, type NextFunction, type Request, type Response } from 'express';
import helmet from 'helmet';
import { RequestAuthenticator } from './auth/bearer.guard.js';
import { PageOrigins } from './auth/page-origins.js';
import { TrustedProxies } from './auth/trusted-proxies.js';
import { answerUnreadable, tokenFromQuery } from './cloud-api/cloud-border.js';
import { PeerRouter } from './compat/peer.router.js';
import type { EdgeConfig } from './config/edge.config.js';
import { gatewayLimits } from './config/edge.settings.js';
import { CONTENT_SECURITY, serveConsole } from './console/console-files.js';
import { EdgeModule } from './edge.module.js';
import { GatewayAdapter } from './gateway/gateway.adapter.js';
import { EXPOSED_HEADERS, confineClients } from './http/client-border.js';
import { passkeyLinkCors } from './http/passkey/passkey-link.controller.js';
import { RequestMetrics } from './http/request.metrics.js';
import { traceRequests } from './http/request-traces.js';
import { MCP_PATH, refuseForeignPages } from './mcp/mcp.controller.js';

/** An assertion has at most 16 KiB, and a form may need three bytes for each of them. */
const PASSKEY_FORM_BYTES = 65_536;

/** Creates an edge that is wired up, but neither initialized nor listening yet. */
export async function createEdge({ config, logger, frameworkLogger }: ProcessContext<EdgeConfig>): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(EdgeModule.register(config, logger), {
    bodyParser: false,
    logger: frameworkLogger
  });
  confineClients(app.getHttpServer());
  app.use(app.get(RequestMetrics).handler());
  app.use(traceRequests());
  const { compat, corsOrigins, maxPayloadBytes, mcp, openMetrics } = config;
  app.disable('x-powered-by');
  app.disable('etag');
  // A repeated query parameter remains an array of texts: no objects are built from names in brackets.
  app.set('query parser', 'simple');
  // Only the operator, who terminates TLS, can decide whether a host, including its other ports and subdomains, is reachable by TLS only.
  app.use(helmet({ contentSecurityPolicy: { useDefaults: false, directives: CONTENT_SECURITY }, strictTransportSecurity: false }));
  app.use(cutOffStalled(config.answerStallMs));
  app.use('/api', forbidStoring);
  // Registered before the permitted origins, which are for callers with a token.
  app.use('/passkey', passkeyLinkCors, urlencoded({ extended: false, limit: PASSKEY_FORM_BYTES }));
  if (corsOrigins.length > 0) app.enableCors({ origin: corsOrigins, exposedHeaders: [...EXPOSED_HEADERS] });
  if (mcp) app.use(MCP_PATH, refuseForeignPages(corsOrigins));
  if (!openMetrics) app.use('/metrics', requireToken(app.get(RequestAuthenticator)));
  const pages = config.console ? serveConsole() : null;
  if (pages) app.use(pages);
  if (config.cloudApi) app.use(tokenFromQuery);
  app.useBodyParser('json', { limit: maxPayloadBytes });
  if (config.cloudApi) app.use(answerUnreadable);
  if (compat.length > 0) servePeers(app);
  app.useWebSocketAdapter(new GatewayAdapter(app, gatewayLimits(config), new PageOrigins(corsOrigins, app.get(TrustedProxies))));
  return app;
}

/** Serves programs of other gateways at their own paths, and accepts their key headers at some paths of Wabus. */
function servePeers(app: NestExpressApplication): void {
  const peers = app.get(PeerRouter);
  app.use((request: Request, response: Response, next: NextFunction) => peers.serve(request, response, next));
  app.use((thrown: unknown, request: Request, response: Response, next: NextFunction) => peers.shape(thrown, request, response, next));
}

/** Requires a token for routes that the runtime marks as open, but that show more than the public may see. */
function requireToken(requests: RequestAuthenticator): (request: Request, response: Response, next: NextFunction) => void {
  return (request, _response, next) => {
    requests.identify(request).then(
      () => next(),
      (error: unknown) => next(error)
    );
  };
}

/** Closes the connection of a client that does not read a complete response, which would otherwise stay in memory indefinitely. */
function cutOffStalled(stallMs: number): (request: Request, response: Response, next: NextFunction) => void {
  return (_request, response, next) => {
    response.once('prefinish', () => {
      if (response.writableFinished) return;
      // A timer instead of the socket's time limit, which any bytes from the client would extend.
      const timer = setTimeout(() => response.destroy(), stallMs).unref();
      response.once('close', () => clearTimeout(timer));
    });
    next();
  };
}

/** The states of sessions are outdated at once, and QR codes are secrets. */
function forbidStoring(_request: Request, response: Response, next: NextFunction): void {
  response.setHeader('Cache-Control', 'no-store');
  next();
}
