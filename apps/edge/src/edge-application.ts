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

/** An assertion is at most 16 KiB, and a form may need three bytes for one. */
const PASSKEY_FORM_BYTES = 65_536;

/** An edge that is wired up, but neither initialized nor listening yet. */
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
  // A repeated query parameter stays an array of texts: nothing builds objects out of names in brackets.
  app.set('query parser', 'simple');
  // Whether a host is reached by TLS only, its other ports and names too, knows who terminates TLS.
  app.use(helmet({ contentSecurityPolicy: { useDefaults: false, directives: CONTENT_SECURITY }, strictTransportSecurity: false }));
  app.use(cutOffStalled(config.answerStallMs));
  app.use('/api', forbidStoring);
  // Before the origins that the operator permits: those are for callers with a token.
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

/** Programs of other gateways come to paths of their own, and to some of ours with a key header of their own. */
function servePeers(app: NestExpressApplication): void {
  const peers = app.get(PeerRouter);
  app.use((request: Request, response: Response, next: NextFunction) => peers.serve(request, response, next));
  app.use((thrown: unknown, request: Request, response: Response, next: NextFunction) => peers.shape(thrown, request, response, next));
}

/** For routes that the runtime marks as open, but that show more than a stranger should see. */
function requireToken(requests: RequestAuthenticator): (request: Request, response: Response, next: NextFunction) => void {
  return (request, _response, next) => {
    requests.identify(request).then(
      () => next(),
      (error: unknown) => next(error)
    );
  };
}

/** A client that takes nothing of a complete answer would keep it in memory for as long as it likes: its connection is cut. */
function cutOffStalled(stallMs: number): (request: Request, response: Response, next: NextFunction) => void {
  return (_request, response, next) => {
    response.once('prefinish', () => {
      if (response.writableFinished) return;
      // Not the time limit of the socket: bytes that the client sends would extend it.
      const timer = setTimeout(() => response.destroy(), stallMs).unref();
      response.once('close', () => clearTimeout(timer));
    });
    next();
  };
}

/** States of sessions age at once, and QR codes are secrets. */
function forbidStoring(_request: Request, response: Response, next: NextFunction): void {
  response.setHeader('Cache-Control', 'no-store');
  next();
}
