import { existsSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import express, { type NextFunction, type Request, type RequestHandler, type Response, type Router } from 'express';
import { FILE_ENCODINGS, takenEncodings } from './file-encoding.policy.js';

/**
 * The content security policy of an edge's pages. They may load only files of the edge, and run no inline scripts. Styles may be inline,
 * because components compute positions and sizes. Pictures may be data and blobs: QR codes, and media that were fetched with a token. The
 * policy does not force https, because an edge may serve plain http.
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

/** The device permissions of a page: the microphone, for voice messages, if the user permits it. Embedded pages get none. */
const PERMISSIONS = 'microphone=(self), camera=(), geolocation=(), display-capture=(), payment=(), usb=(), serial=(), bluetooth=()';

/** The parts of a request that show whether a browser requests a page. */
export interface PageRequest {
  readonly method: string;
  /** Path of the URL, without the query. */
  readonly path: string;
  /** The header `Accept`. */
  readonly accept: string | undefined;
}

/** Paths of the edge itself. If nothing is found there, the response is an error, not the console. `/health` alone is a page of the console. */
const OWN = /^\/(api|metrics|socket\.io|assets|passkey)(\/|$)|^\/health\//;

/** A dot in the last part, unless an `@` precedes it: that would be a jid, as in the path of a chat. */
const FILE = /\/(?:(?!@|%40)[^/])*\.[^/]*$/i;

/**
 * Returns whether to respond with the page of the console, which then routes by the path. Only navigating browsers get it: programs that
 * request JSON, files (including `.aspx` of the connection API) or a path of the edge get the same response as without a console.
 */
export function wantsPage({ method, path, accept }: PageRequest): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  if (OWN.test(path) || FILE.test(path)) return false;
  return (accept ?? '').split(',').some(type => type.trim().startsWith('text/html'));
}

/** Where the build of the console stores its files: next to this app, in the source tree as in the image. */
export const CONSOLE_FOLDER = fileURLToPath(new URL('../../../console/dist', import.meta.url));

const PAGE = 'index.html';

/** The folder of files whose names contain a hash of their content. */
const HASHED = 'assets';

/**
 * Serves the console: its page at `/` and at every path that only the page handles, and its files by name, compressed if the build has
 * created a compressed variant and the client accepts it. Hashed files may be cached forever. The page is revalidated each time, so that a
 * new version appears at once. Returns `null` if the console was not built.
 */
export function serveConsole(folder = CONSOLE_FOLDER): Router | null {
  if (!existsSync(join(folder, PAGE))) return null;
  const router = express.Router();
  router.use(`/${HASHED}`, serveFiles(join(folder, HASHED), { immutable: true, maxAge: '1y' }));
  // Requests to the APIs do not access the disk.
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

/** Serves the files of a folder. A file `name.br` or `name.gz` is served as `name`, with a validator of its own. */
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
