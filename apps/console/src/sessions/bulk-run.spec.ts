import { WabusError } from '@wabus/sdk';
import { runBulk, type BulkProgress } from './bulk-run.js';

test('a failed session does not stop the others', async () => {
  const sessions = Array.from({ length: 9 }, (_, index) => `s${index}`);
  const reached: string[] = [];
  const steps: BulkProgress[] = [];
  let [active, most] = [0, 0];
  const act = async (session: string): Promise<void> => {
    most = Math.max(most, ++active);
    await Promise.resolve();
    active--;
    reached.push(session);
    if (session === 's3') throw new WabusError('NO_OWNER');
  };
  await runBulk(sessions, act, step => void steps.push(step));
  expect(reached.sort()).toEqual(sessions);
  expect(most).toBe(4);
  expect(steps.map(({ done }) => done)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(steps.at(-1)!.failures).toMatchObject([{ session: 's3', error: { code: 'NO_OWNER' } }]);
});
