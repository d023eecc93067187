import { Semaphore } from './semaphore.js';

it('four tasks run at once, the others in order', async () => {
  const queue = new Semaphore(4);
  const begun: number[] = [];
  const ends: ((failure?: Error) => void)[] = [];
  const scans = Array.from({ length: 7 }, (_, i) =>
    queue.run(async () => {
      begun.push(i);
      await new Promise<void>((resolve, reject) => (ends[i] = failure => (failure ? reject(failure) : resolve())));
      return i;
    })
  );
  await Promise.resolve();
  expect(begun).toEqual([0, 1, 2, 3]);
  ends[2]!(new Error('broken'));
  await expect(scans[2]).rejects.toThrow('broken');
  expect(begun).toEqual([0, 1, 2, 3, 4]);
  for (const i of [0, 1, 3]) {
    ends[i]!();
    await scans[i];
  }
  expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6]);
  for (const i of [4, 5, 6]) ends[i]!();
  expect(await Promise.all(scans.filter((_, i) => i !== 2))).toEqual([0, 1, 3, 4, 5, 6]);
});
