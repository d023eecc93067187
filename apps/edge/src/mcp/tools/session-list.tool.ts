import { NoArguments, parseBody, type SessionView } from '@wabus/contracts';
import type { Principal } from '../../auth/principal.js';
import type { CommandClient } from '../../commands-out/command.client.js';
import { LOOKS, type Tool, type ToolDefinition, type ToolInput } from './tool.js';

/** `list_sessions`: lists the sessions that the token permits, each with its state. */
export class SessionListTool implements Tool {
  readonly name = 'list_sessions';
  readonly scope = 'read';

  constructor(private readonly commands: CommandClient) {}

  define(): ToolDefinition {
    return {
      name: this.name,
      description:
        'Lists the sessions you may use: WhatsApp accounts linked to Wabus, with the state of each. Only a session that is `open` can send.',
      inputSchema: { type: 'object', properties: {}, additionalProperties: false },
      annotations: LOOKS
    };
  }

  async call(principal: Principal, input: ToolInput): Promise<{ sessions: SessionView[] }> {
    parseBody(NoArguments, input);
    return { sessions: this.commands.sessions(principal) };
  }
}
