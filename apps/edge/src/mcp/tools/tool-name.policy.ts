/** The name of a command as assistants write it: `sendMessage` is `send_message`, `getBotListV2` is `get_bot_list_v2`. */
export function toolNameOf(command: string): string {
  return command.replace(/[A-Z]+/g, letters => `_${letters.toLowerCase()}`);
}
