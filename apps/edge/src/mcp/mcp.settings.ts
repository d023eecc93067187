/** Whom MCP is for. */
export abstract class McpSettings {
  /** Whether it is served at all. */
  abstract readonly enabled: boolean;
  /** Origins whose web pages may use it; a request without an origin comes from no web page. */
  abstract readonly origins: readonly string[];
}
