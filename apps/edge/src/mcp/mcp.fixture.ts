import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import type { ErrorBody } from '@wabus/contracts';

/** The outcome of a tool, as `structuredContent` has it. */
export type ToolOutcome =
  { readonly ok: true; readonly data: unknown } | { readonly ok: false; readonly error: ErrorBody & { readonly remedy: string } };

/** The client of the MCP SDK, at an edge. */
export class McpClient {
  private constructor(private readonly client: Client) {}

  static async connect(url: string, token: string, headers: Record<string, string> = {}): Promise<McpClient> {
    const client = new Client({ name: 'test', version: '1.0.0' });
    const requestInit = { headers: { authorization: `Bearer ${token}`, ...headers } };
    const transport = new StreamableHTTPClientTransport(new URL('/api/mcp', url), { requestInit });
    await client.connect(transport);
    return new McpClient(client);
  }

  get sdk(): Client {
    return this.client;
  }

  async toolNames(): Promise<string[]> {
    return (await this.client.listTools()).tools.map(({ name }) => name);
  }

  /** The whole answer of a tool. */
  async result(name: string, args?: Record<string, unknown>): Promise<CallToolResult> {
    return (await this.client.callTool({ name, arguments: args })) as CallToolResult;
  }

  async call(name: string, args?: Record<string, unknown>): Promise<ToolOutcome> {
    return (await this.result(name, args)).structuredContent as ToolOutcome;
  }

  close(): Promise<void> {
    return this.client.close();
  }
}
