import { useQuery } from '@tanstack/react-query';

/** Returns the version of the edge; `undefined` until it is known. */
export function useVersion(): string | undefined {
  return useQuery({ queryKey: ['version'], queryFn: askVersion, staleTime: Infinity }).data;
}

async function askVersion(): Promise<string> {
  const { version } = (await (await fetch('/version')).json()) as { version: string };
  return version;
}
