import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import type { ErrorBody } from '@wabus/contracts';

/** The outcome of a tool, as in `structuredContent`. */
export type ToolOutcome =
  | { readonly ok: true; readonly data: unknown }
  | { readonly ok: false; readonly error: ErrorBody & { readonly remedy?: string } };

/** The client of the MCP SDK, connected to an edge. */
export class McpClient {
  private constructor(readonly sdk: Client) {}

  /** Rejects with the SDK's error if the edge refuses the connection. */
  static async connect(url: string, token: string, headers: Record<string, string> = {}, path = '/api/mcp'): Promise<McpClient> {
    // Loaded on demand: every spec file pays for the imports of this package.
    const { Client } = await import('@modelcontextprotocol/sdk/client/index.js');
    // One after the other: Jest's module loader fails if two parallel imports share modules.
    const { StreamableHTTPClientTransport } = await import('@modelcontextprotocol/sdk/client/streamableHttp.js');
    const client = new Client({ name: 'test', version: '1.0.0' });
    const requestInit = { headers: { authorization: `Bearer ${token}`, ...headers } };
    await client.connect(new StreamableHTTPClientTransport(new URL(path, url), { requestInit }));
    return new McpClient(client);
  }

  /** Starts a bridge program and connects to it over its standard input and output. */
  static async start(program: { command: string; args: string[]; env: Record<string, string> }): Promise<McpClient> {
    const { Client } = await import('@modelcontextprotocol/sdk/client/index.js');
    const { StdioClientTransport } = await import('@modelcontextprotocol/sdk/client/stdio.js');
    const client = new Client({ name: 'test', version: '1.0.0' });
    await client.connect(new StdioClientTransport({ ...program, stderr: 'inherit' }));
    return new McpClient(client);
  }

  async toolNames(): Promise<string[]> {
    return (await this.sdk.listTools()).tools.map(({ name }) => name);
  }

  /** Returns the complete result of a tool call. */
  async result(name: string, args?: Record<string, unknown>): Promise<CallToolResult> {
    return (await this.sdk.callTool({ name, arguments: args })) as CallToolResult;
  }

  async call(name: string, args?: Record<string, unknown>): Promise<ToolOutcome> {
    return (await this.result(name, args)).structuredContent as ToolOutcome;
  }

  close(): Promise<void> {
    return this.sdk.close();
  }
}
