import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import { wantsPage } from './page-request.policy.js';

/** Where the build of the console leaves its files: beside this app, in the source tree as in the image. */
export const CONSOLE_FOLDER = fileURLToPath(new URL('../../../console/dist', import.meta.url));

const PAGE = 'index.html';

/** Files below it carry a hash of their content in their name. */
const HASHED = 'assets';

/**
 * Serves the console: its page at `/` and at every address that only the page knows, its files by name. Hashed files may be kept for ever, the page is asked
 * for again each time, so that a new version shows at once. `null` when the console was not built.
 */
export function serveConsole(folder = CONSOLE_FOLDER): Router | null {
  if (!existsSync(join(folder, PAGE))) return null;
  const router = express.Router();
  router.use(`/${HASHED}`, express.static(join(folder, HASHED), { index: false, immutable: true, maxAge: '1y', redirect: false }));
  router.use(express.static(folder, { index: false, cacheControl: false, redirect: false, setHeaders: askAgain }));
  router.use((request: Request, response: Response, next: NextFunction) => {
    const { method, path, headers } = request;
    if (!wantsPage({ method, path, accept: headers.accept })) return next();
    askAgain(response);
    response.vary('Accept').sendFile(PAGE, { root: folder, cacheControl: false }, error => error && next(error));
  });
  return router;
}

function askAgain(response: Response): void {
  response.setHeader('Cache-Control', 'no-cache');
}
