import { SocketCaches } from './socket-caches.js';

test('a group whose members changed is requested again', () => {
  const caches = new SocketCaches({ resends: { perChat: 10, windowMs: 60_000 } });
  const group = { id: '1@g.us', subject: 's', owner: undefined, participants: [] };
  caches.rememberGroup(group);
  expect(caches.group('1@g.us')).toEqual(group);
  caches.forgetGroup('1@g.us');
  expect(caches.group('1@g.us')).toBeUndefined();
});
