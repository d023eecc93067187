import type { IncomingMessage, ServerResponse } from 'node:http';
import type { World } from '../world/world.js';

/** The path of WhatsApp Web's service worker, which contains the newest revision of the client. */
export const VERSION_PAGE = '/sw.js';

/** Surrounds the revision with other data, as JSON inside a JavaScript string. */
const scriptOf = (revision: number): string =>
  `"use strict";importScripts("bundle.js");self.__swData=JSON.parse("{\\"dynamic_data\\":{\\"SiteData\\":{\\"server_revision\\":${revision},\\"client_revision\\":${revision},\\"push_phase\\":\\"C3\\"}}}");\n`;

/** Answers a request for the page as the world's settings define. A request that does not look like one from a browser gets 400 (Baileys 1929). */
export function answerVersionPage({ settings, counters }: World, request: IncomingMessage, response: ServerResponse): void {
  counters.versionLookUps++;
  const { page, revision } = settings.versions;
  const { 'user-agent': agent = '', 'sec-fetch-site': site } = request.headers;
  switch (page) {
    case 'silent':
      return;
    case 'fails':
      response.writeHead(503).end();
      return;
    case 'garbage':
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html><body>Update your browser</body></html>');
      return;
    case 'answers': {
      const browser = agent.startsWith('Mozilla/5.0 ') && site === 'none';
      if (!browser) return void response.writeHead(400).end();
      response.writeHead(200, { 'content-type': 'application/javascript; charset=utf-8' }).end(scriptOf(revision));
    }
  }
}
