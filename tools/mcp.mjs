#!/usr/bin/env node
// @ts-check

import { readFileSync } from 'node:fs';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { readOptions } from './terminal/options.reader.mjs';

const USAGE = `node tools/mcp.mjs [ADDRESS]
For MCP clients that start a program and communicate over standard input and output. Passes their messages to the edge at ADDRESS
(default http://localhost:3000; with ?tools=all it lists every tool), with the access token in WABUS_TOKEN or on the first line of the file WABUS_TOKEN_FILE.`;

/** @typedef {import('@modelcontextprotocol/sdk/types.js').JSONRPCMessage} Message */

/** @returns {string} */
function accessToken() {
  const { WABUS_TOKEN: token, WABUS_TOKEN_FILE: file } = process.env;
  const found = token ?? (file === undefined ? '' : firstWord(file));
  if (found) return found;
  console.error(`There is no access token: set WABUS_TOKEN or WABUS_TOKEN_FILE.\n\n${USAGE}`);
  process.exit(2);
}

/** @param {string} file */
function firstWord(file) {
  try {
    return readFileSync(file, 'utf8').split(/\s/, 1)[0];
  } catch (error) {
    console.error(`WABUS_TOKEN_FILE cannot be read: ${/** @type {Error} */ (error).message}`);
    return process.exit(2);
  }
}

/** @returns {URL} */
function edgeAddress() {
  const { positionals } = readOptions(USAGE, {}, { positionals: 1 });
  const [given = 'http://localhost:3000'] = positionals;
  if (/^https?:\/\//.test(given) && URL.canParse(given)) return new URL(given);
  console.error(`ADDRESS must be a URL such as http://localhost:3000, not ${given}`);
  return process.exit(2);
}

const address = edgeAddress();
const edge = new StreamableHTTPClientTransport(new URL(`/api/mcp${address.search}`, address), {
  requestInit: { headers: { authorization: `Bearer ${accessToken()}` } }
});
const client = new StdioServerTransport();

/** @param {Message} message */
client.onmessage = message => {
  edge.send(message).catch(error => {
    // A notification has no response.
    if ('id' in message && 'method' in message) {
      return client.send({
        jsonrpc: '2.0',
        id: message.id,
        error: { code: -32_000, message: `The edge did not answer: ${error.message}` }
      });
    }
  });
};
/** @param {Message} message */
edge.onmessage = message => {
  if ('result' in message && typeof message.result['protocolVersion'] === 'string')
    edge.setProtocolVersion(message.result['protocolVersion']);
  void client.send(message);
};
// Errors are returned in responses; standard output is for messages only.
edge.onerror = () => undefined;
process.stdin.once('end', () => void edge.close());

await edge.start();
await client.start();
