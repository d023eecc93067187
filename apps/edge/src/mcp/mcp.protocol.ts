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

/** MCP's own code for it; the SDK has no name for it. */
const RESOURCE_NOT_FOUND = -32_002;
const JSON_TYPE = 'application/json';

// Each server would make one of its own, at a multiple of the cost of everything else it does.
const jsonSchemaValidator = new AjvJsonSchemaValidator();

/**
 * Answers one MCP message that was POSTed (MCP, "Streamable HTTP", without sessions): any edge answers any message, and nothing of the client is kept. Settles when the
 * answer is written. This file is loaded with the first message: the SDK takes half a second and 30 MB that an edge without MCP clients has other use for.
 */
export async function answerMcp(offer: Offer, request: Request, response: Response): Promise<void> {
  const server = serverOf(offer, request.body);
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined, enableJsonResponse: true });
  response.once('close', () => void server.close());
  await server.connect(transport);
  await transport.handleRequest(request, response, request.body);
}

/** The lower of the SDK's two servers: the other announces changes of its lists, and nobody here listens for them. */
function serverOf(offer: Offer, message: unknown): Server {
  const info = { name: 'wabus', title: 'Wabus', version: VERSION };
  const server = new Server(info, { capabilities: { tools: {}, resources: {} }, instructions: INSTRUCTIONS, jsonSchemaValidator });
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: offer.tools() as Tool[] }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }) => {
    // As it was sent: the SDK's own copy lacks names that reach a prototype, and they must be refused, not overlooked.
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
