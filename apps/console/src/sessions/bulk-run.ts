import { WabusError } from '@wabus/sdk';

/** At once: the edge limits commands of a token. */
const PARALLEL = 4;

export interface BulkFailure {
  readonly session: string;
  readonly error: WabusError;
}

export interface BulkProgress {
  readonly all: number;
  readonly done: number;
  readonly failures: readonly BulkFailure[];
}

/** Does something with each session, a few at a time; one that fails keeps none of the others back. Tells after each how far it is. */
export async function runBulk(
  sessions: readonly string[],
  act: (session: string) => Promise<unknown>,
  onProgress: (progress: BulkProgress) => void
): Promise<void> {
  const waiting = [...sessions];
  const failures: BulkFailure[] = [];
  let done = 0;
  const work = async (): Promise<void> => {
    for (let session = waiting.shift(); session !== undefined; session = waiting.shift()) {
      try {
        await act(session);
      } catch (thrown) {
        failures.push({ session, error: WabusError.from(thrown) });
      }
      done++;
      onProgress({ all: sessions.length, done, failures: [...failures] });
    }
  };
  onProgress({ all: sessions.length, done, failures });
  await Promise.all(Array.from({ length: PARALLEL }, work));
}
