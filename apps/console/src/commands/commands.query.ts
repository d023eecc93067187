import { useMutation, useQuery, useQueryClient, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query';
import { path } from '../edge/edge.client.js';
import { errorFrom } from '../edge/edge-error.js';
import { useEdge } from '../login/signed-in.context.js';
import { readCommands, type ApiDocument, type CommandList } from './command-catalog.codec.js';

/** Returns the commands from the edge's OpenAPI document, which is requested once. */
export function useCommandList(): UseQueryResult<CommandList> {
  const edge = useEdge();
  return useQuery({
    queryKey: ['command-list'],
    queryFn: async () => readCommands(await edge.get<ApiDocument>('/api/openapi.json')),
    staleTime: Infinity,
    gcTime: Infinity
  });
}

export interface CommandCall {
  readonly command: string;
  readonly session: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** A command that was run in this tab, with its outcome. */
export interface CommandRun extends CommandCall {
  readonly at: string;
  readonly tookMs: number;
  readonly data?: unknown;
  readonly error?: unknown;
}

const MOST_RUNS = 50;
const HISTORY = ['command-history'];

/** Returns the commands that were run in this tab, newest first. */
export function useHistory(): readonly CommandRun[] {
  const { data } = useQuery<readonly CommandRun[]>({ queryKey: HISTORY, queryFn: () => [], staleTime: Infinity, gcTime: Infinity });
  return data ?? [];
}

/** Runs a command. A refused command is also added to the history. */
export function useRunCommand(): UseMutationResult<CommandRun, unknown, CommandCall> {
  const edge = useEdge();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (call: CommandCall): Promise<CommandRun> => {
      const at = new Date();
      const ended = (): { at: string; tookMs: number } => ({ at: at.toISOString(), tookMs: Date.now() - at.getTime() });
      const address = path`/api/sessions/${call.session}/commands/${call.command}`;
      try {
        const { data } = await edge.json<{ data?: unknown }>('POST', address, { args: call.args });
        return { ...call, ...ended(), data };
      } catch (thrown) {
        return { ...call, ...ended(), error: errorFrom(thrown) };
      }
    },
    onSuccess: run => queries.setQueryData<readonly CommandRun[]>(HISTORY, (before = []) => [run, ...before].slice(0, MOST_RUNS))
  });
}
