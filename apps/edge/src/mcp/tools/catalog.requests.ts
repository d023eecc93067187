import { Text } from '@wabus/contracts';

/** The arguments of `list_commands`. */
export class ListCommandsRequest {
  @Text('Only commands with this text in their name or meaning.', { optional: true, max: 100 })
  search?: string;
}

/** The arguments of `describe_command`. */
export class DescribeCommandRequest {
  @Text('The name of the command, as `list_commands` tells it.', { max: 100 })
  command!: string;
}
