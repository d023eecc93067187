import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import {
  CallToolRequestSchema,
  ErrorCode,
  ListResourceTemplatesRequestSchema,
  ListResourcesRequestSchema,
  ListToolsRequestSchema,
  McpError,
  ReadResourceRequestSchema,
  type CallToolResult,
  type Tool
} from '@modelcontextprotocol/sdk/types.js';
import { AjvJsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/ajv';
import { VERSION } from '@wabus/runtime';
import type { Request, Response } from 'express';
import { INSTRUCTIONS, type Offer } from './mcp.catalog.js';

/** The MCP error code for an unknown resource, for which the SDK has no name. */
const RESOURCE_NOT_FOUND = -32_002;
const JSON_TYPE = 'application/json';

// Shared, because each server would otherwise create its own, at a multiple of the cost of everything else it does.
const jsonSchemaValidator = new AjvJsonSchemaValidator();

/**
 * Answers one MCP message that was sent by POST (MCP, "Streamable HTTP", without sessions). Any edge can answer any message, because
 * nothing about the client is stored. Resolves when the response is written. This file is loaded with the first message, because the SDK
 * costs 0.5 s and 30 MB, which an edge without MCP clients saves.
 */
export async function answerMcp(offer: Offer, request: Request, response: Response): Promise<void> {
  const server = serverOf(offer, request.body);
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined, enableJsonResponse: true });
  response.once('close', () => void server.close());
  await server.connect(transport);
  await transport.handleRequest(request, response, request.body);
}

/** Uses the lower-level server of the SDK: the other one announces changes of its lists, for which nobody listens here. */
function serverOf(offer: Offer, message: unknown): Server {
  const info = { name: 'wabus', title: 'Wabus', version: VERSION };
  const server = new Server(info, { capabilities: { tools: {}, resources: {} }, instructions: INSTRUCTIONS, jsonSchemaValidator });
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: offer.tools() as Tool[] }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }) => {
    // Passes the arguments as sent: the SDK's copy lacks names that reach a prototype, which must be refused, not ignored.
    const result = await offer.call(params.name, sentArguments(message));
    if (result === null) throw new McpError(ErrorCode.InvalidParams, `There is no tool ${JSON.stringify(params.name.slice(0, 100))}.`);
    return result as CallToolResult;
  });
  server.setRequestHandler(ListResourcesRequestSchema, () => ({
    resources: offer.resources().map(({ uri, name, description }) => ({ uri, name, description, mimeType: JSON_TYPE }))
  }));
  server.setRequestHandler(ListResourceTemplatesRequestSchema, () => ({
    resourceTemplates: offer.templates().map(({ uri, name, description }) => ({ uriTemplate: uri, name, description, mimeType: JSON_TYPE }))
  }));
  server.setRequestHandler(ReadResourceRequestSchema, async ({ params: { uri } }) => {
    const found = await offer.read(uri);
    if (found === null) throw new McpError(RESOURCE_NOT_FOUND, 'There is nothing at this address.', { uri: uri.slice(0, 256) });
    const { isError, structuredContent, content } = found;
    if (isError) throw new McpError(ErrorCode.InvalidParams, 'The resource cannot be read.', structuredContent['error']);
    return { contents: content.map(({ text }) => ({ uri, mimeType: JSON_TYPE, text })) };
  });
  return server;
}

function sentArguments(message: unknown): unknown {
  return (message as { params: { arguments?: unknown } }).params.arguments;
}
