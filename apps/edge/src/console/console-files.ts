import { existsSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import express, { type NextFunction, type Request, type RequestHandler, type Response, type Router } from 'express';
import { FILE_ENCODINGS, takenEncodings } from './file-encoding.policy.js';

/**
 * What pages of an edge may load and do: their own files and nothing else, no script that is in a page. Styles may be set inline, since components compute
 * positions and sizes. Pictures may be data and blobs: QR codes, and media that were fetched with a token. Nothing asks for https, for an edge may serve plain http.
 */
export const CONTENT_SECURITY: Readonly<Record<string, readonly string[]>> = {
  defaultSrc: ["'self'"],
  scriptSrc: ["'self'"],
  scriptSrcAttr: ["'none'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:', 'blob:'],
  mediaSrc: ["'self'", 'blob:'],
  fontSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
  objectSrc: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"]
};

/** What a page may use of the machine: the microphone, for voice messages, when the person permits it. Nothing that another page embeds gets it. */
const PERMISSIONS = 'microphone=(self), camera=(), geolocation=(), display-capture=(), payment=(), usb=(), serial=(), bluetooth=()';

/** The part of a request that says whether a browser asks for a page. */
export interface PageRequest {
  readonly method: string;
  /** Path of the URL, without the query. */
  readonly path: string;
  /** The header `Accept`. */
  readonly accept: string | undefined;
}

/** Addresses of the edge itself: what is not found there is an error and not the console. `/health` alone is a page of the console. */
const OWN = /^\/(api|metrics|socket\.io|assets|passkey)(\/|$)|^\/health\//;

/** A dot in the last part, unless an `@` comes before it: that is a jid, as in the address of a chat. */
const FILE = /\/(?:(?!@|%40)[^/])*\.[^/]*$/i;

/**
 * Whether to answer with the page of the console, which finds its own way from the address. Only for browsers that navigate: programs that ask for JSON,
 * for files (`.aspx` of the connection API too) or for an address of the edge get what they would get without a console.
 */
export function wantsPage({ method, path, accept }: PageRequest): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  if (OWN.test(path) || FILE.test(path)) return false;
  return (accept ?? '').split(',').some(type => type.trim().startsWith('text/html'));
}

/** Where the build of the console leaves its files: beside this app, in the source tree as in the image. */
export const CONSOLE_FOLDER = fileURLToPath(new URL('../../../console/dist', import.meta.url));

const PAGE = 'index.html';

/** Files below it carry a hash of their content in their name. */
const HASHED = 'assets';

/**
 * Serves the console: its page at `/` and at every address that only the page knows, its files by name, compressed where the build has left such a form and the client takes it.
 * Hashed files may be kept forever, the page is asked for again each time, so that a new version shows at once. `null` when the console was not built.
 */
export function serveConsole(folder = CONSOLE_FOLDER): Router | null {
  if (!existsSync(join(folder, PAGE))) return null;
  const router = express.Router();
  router.use(`/${HASHED}`, serveFiles(join(folder, HASHED), { immutable: true, maxAge: '1y' }));
  // No look at the disk for requests to the APIs.
  router.use(({ path }: Request, _: Response, next: NextFunction) => next(OWN.test(path) ? 'router' : undefined));
  const files = serveFiles(folder, { cacheControl: false });
  router.use(files);
  router.use((request: Request, response: Response, next: NextFunction) => {
    const { method, path, headers } = request;
    if (!wantsPage({ method, path, accept: headers.accept })) return next();
    response.vary('Accept');
    const asked = request.url;
    request.url = `/${PAGE}`;
    files(request, response, (error?: unknown) => {
      request.url = asked;
      next(error);
    });
  });
  return router;
}

type StaticOptions = NonNullable<Parameters<typeof express.static>[1]>;

/** The files of a folder. One of `name.br` or `name.gz` stands for `name`, with a validator of its own. */
function serveFiles(folder: string, options: StaticOptions): RequestHandler {
  const files = express.static(folder, {
    ...options,
    index: false,
    redirect: false,
    setHeaders: (response: Response, path: string) => {
      if (options.cacheControl === false) response.setHeader('Cache-Control', 'no-cache').setHeader('Permissions-Policy', PERMISSIONS);
      const encoding = FILE_ENCODINGS.find(([, suffix]) => path.endsWith(suffix));
      if (encoding === undefined) return;
      response.setHeader('Content-Encoding', encoding[0]);
      response.type(extname(path.slice(0, -encoding[1].length)));
    }
  });
  return (request, response, next) => {
    const { url, path } = request;
    if (extname(path) === '') return next();
    response.vary('Accept-Encoding');
    const forms = [...takenEncodings(request.headers['accept-encoding']).map(([, suffix]) => suffix), ''];
    const serveNext = (error?: unknown): void => {
      const suffix = error === undefined ? forms.shift() : undefined;
      request.url = suffix === undefined ? url : path + suffix;
      if (suffix === undefined) return next(error);
      files(request, response, serveNext);
    };
    serveNext();
  };
}
