import { notifyManager, QueryClient, QueryObserver } from '@tanstack/react-query';
import { firstAnswer } from './first-answer.js';

/** A request of a page. `seen` lists the states that the page has received; `settle` answers the request. */
interface PageRequest {
  readonly seen: string[];
  readonly settle: (answer: string | Error) => void;
}

function request(queries: QueryClient, name: string): PageRequest {
  const seen: string[] = [];
  let settle: PageRequest['settle'] = () => undefined;
  const answered = new Promise<string>((resolve, reject) => {
    settle = answer => (answer instanceof Error ? reject(answer) : resolve(answer));
  });
  const observer = new QueryObserver<string>(queries, { queryKey: [name], queryFn: () => answered, retry: false });
  // As `useQuery` does.
  observer.subscribe(notifyManager.batchCalls(({ status }: { status: string }) => seen.push(status)));
  return { seen, settle };
}

describe('the first answer', () => {
  let queries: QueryClient;
  beforeEach(() => {
    queries = new QueryClient();
  });
  afterEach(() => queries.clear());

  it('settles after the page has received it', async () => {
    const sessions = request(queries, 'sessions');
    const settled = firstAnswer(queries);
    sessions.settle('two sessions');
    await settled;
    expect(sessions.seen.at(-1)).toBe('success');
  });

  it('waits for the last of several requests', async () => {
    const [sessions, version] = [request(queries, 'sessions'), request(queries, 'version')];
    const settled = firstAnswer(queries);
    version.settle('0.2.0');
    sessions.settle('two sessions');
    await settled;
    expect([sessions.seen.at(-1), version.seen.at(-1)]).toEqual(['success', 'success']);
  });

  it('may be a failure', async () => {
    const sessions = request(queries, 'sessions');
    const settled = firstAnswer(queries);
    sessions.settle(new Error('the edge is gone'));
    await settled;
    expect(sessions.seen.at(-1)).toBe('error');
  });

  it('settles when nothing is requested', async () => {
    await expect(firstAnswer(queries)).resolves.toBeUndefined();
  });
});
