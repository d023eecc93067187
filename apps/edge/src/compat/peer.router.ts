import { Injectable } from '@nestjs/common';
import { EDGE_ROUTES, WabusError } from '@wabus/contracts';
import { Log, type Logger } from '@wabus/runtime';
import type { NextFunction, Request, Response } from 'express';
import { RequestAuthenticator } from '../auth/bearer.guard.js';
import { answerable, HTTP_STATUS, retryAfterSeconds } from '../http/wabus-error.filter.js';
import { MediaResponder } from '../media/media.responder.js';
import { CompatSettings } from './compat.settings.js';
import type { PeerName, PeerRequest, PlainAnswer } from './compat.types.js';
import { PEER_APIS, type PeerApi } from './peer-apis.table.js';
import { isJsonObject } from './peer-fields.policy.js';
import { PeerRoutes, type MatchedRoute } from './peer-match.policy.js';
import { PeerCaller } from './peer-caller.js';
import { PeerReader } from './peer.reader.js';

interface ServedPeer extends PeerApi {
  readonly name: PeerName;
  readonly table: PeerRoutes;
}

/** First segments below `/api` that belong to Wabus. At such an address, only the key header of a peer selects the peer. */
const OURS: ReadonlySet<string> = new Set(EDGE_ROUTES.flatMap(({ path }) => (path.startsWith('/api/') ? [path.split('/')[2]!] : [])));

/**
 * Serves the calls of other gateways at their paths, before the routes of Wabus. A request belongs to a peer if it has the peer's key
 * header, or a bearer token and an address that only the peer has.
 */
@Injectable()
export class PeerRouter {
  private readonly served: readonly ServedPeer[];
  private readonly logger: Logger;

  constructor(
    private readonly settings: CompatSettings,
    private readonly requests: RequestAuthenticator,
    private readonly caller: PeerCaller,
    private readonly reader: PeerReader,
    private readonly responder: MediaResponder,
    log: Log
  ) {
    this.served = settings.peers.map(name => ({ name, ...PEER_APIS[name], table: new PeerRoutes(PEER_APIS[name].routes) }));
    this.logger = log.for('compat');
  }

  /** Express middleware, to be registered after the body parser. */
  serve(request: Request, response: Response, next: NextFunction): void {
    const peer = this.peerOf(request);
    if (peer === null) return next();
    response.setHeader('Cache-Control', 'no-store');
    void this.answer(peer, request, response).catch((thrown: unknown) => this.refuse(peer, response, thrown));
  }

  /** Express error handler that converts errors of the body parser to the format of the peer. */
  shape(thrown: unknown, request: Request, response: Response, next: NextFunction): void {
    const peer = this.peerOf(request);
    if (peer === null) return next(thrown);
    this.refuse(peer, response, thrown);
  }

  private peerOf(request: Request): ServedPeer | null {
    const byKey = this.served.find(({ keyHeader }) => request.headers[keyHeader] !== undefined);
    if (byKey !== undefined) return byKey;
    const [, first, second = ''] = request.path.split('/');
    if (first === 'api' && OURS.has(second)) return null;
    return this.served.find(({ table }) => table.find(request.method, request.path) !== null) ?? null;
  }

  /** Returns the tokens in the key headers of all peers. */
  private keysOf({ headers }: Request): string[] {
    return this.served.flatMap(({ keyHeader }) => headers[keyHeader] ?? []);
  }

  private async answer(peer: ServedPeer, request: Request, response: Response): Promise<void> {
    const principal = await this.requests.identify(request, this.keysOf(request));
    const matched = peer.table.find(request.method, request.path);
    if (matched === null) return put(response, peer.unknown(request.method, request.path));
    if (matched.route.handle === undefined) return put(response, peer.error(notServed(peer.name, matched), 501));
    const idempotencyKey = request.get('idempotency-key');
    const conversation = matched.route.handle(this.requestOf(request, matched));
    const answer = await this.caller.hold(conversation, { peer: peer.name, principal, idempotencyKey });
    if (!('media' in answer)) return put(response, answer);
    const file = await this.reader.file(principal, answer.session, answer.media);
    await this.responder.send(file, principal, { request, response });
  }

  private requestOf(request: Request, { params }: MatchedRoute): PeerRequest {
    const body: unknown = request.body;
    if (body === undefined && hasContent(request)) throw unreadable(request);
    if (body !== undefined && !isJsonObject(body)) throw new WabusError('INVALID_REQUEST', { message: 'The body must be a JSON object.' });
    return { params, query: request.query, body: body ?? {}, accept: request.get('accept') ?? '', baseUrl: this.settings.baseUrl };
  }

  private refuse(peer: ServedPeer, response: Response, thrown: unknown): void {
    const error = answerable(thrown, response, err => this.logger.error({ err }, "a request in another gateway's format failed"));
    if (error === null) return;
    const wait = retryAfterSeconds(error);
    if (wait !== null) response.setHeader('Retry-After', String(wait));
    put(response, peer.error(error, HTTP_STATUS[error.code]));
  }
}

const hasContent = ({ headers }: Request): boolean =>
  Number(headers['content-length'] ?? 0) > 0 || headers['transfer-encoding'] !== undefined;

/** Returns the error for a body that no parser has read. */
function unreadable(request: Request): WabusError {
  const isForm = typeof request.is('multipart/form-data') === 'string';
  const message = isForm
    ? 'Forms with files are not supported: send the address of the file, or the file in base64. Nothing was done.'
    : 'The body must be JSON with the header Content-Type: application/json. Nothing was done.';
  return new WabusError('INVALID_REQUEST', { message, details: { field: isForm ? 'body' : 'Content-Type' } });
}

/** Returns the error for a recognized call that is not served. It names what to use instead. */
function notServed(peer: PeerName, { route: { verb, path, ours, note } }: MatchedRoute): WabusError {
  const why = note === undefined ? '' : ` ${note}`;
  return new WabusError('UNKNOWN_COMMAND', {
    message: `Wabus does not support ${verb} ${path}.${why} Use ${ours.join(' or ')} instead. Nothing was done.`,
    details: { peer, instead: [...ours] }
  });
}

function put(response: Response, answer: PlainAnswer): void {
  const { status, body, type } = answer;
  response.status(status);
  if (type !== undefined) response.setHeader('Content-Type', type).send(body);
  else if (body === undefined) response.end();
  else response.json(body);
}
