import { WabusError } from '@wabus/sdk';

/** Requests in progress at the same time; the edge limits the commands of a token. */
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

/** Runs an action for each session, a few at a time, and reports the progress after each. A failure does not stop the others. */
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
