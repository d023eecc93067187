import { SocketCaches } from './socket-caches.js';

const sent = (id: string, text = id, fromMe = true) => ({
  key: { id, fromMe, remoteJid: '1@s.whatsapp.net' },
  message: { conversation: text }
});

describe('what a session remembers of what it sent', () => {
  test('is found by id whatever device asks', () => {
    const caches = new SocketCaches();
    caches.rememberSent(sent('A'));
    expect(caches.sentMessage('A')).toEqual({ conversation: 'A' });
    expect(caches.sentMessage(undefined)).toBeUndefined();
  });

  test('are own messages with content only', () => {
    const caches = new SocketCaches();
    caches.rememberSent(sent('A', 'text', false));
    caches.rememberSent({ key: { id: 'B', fromMe: true } });
    expect([caches.sentMessage('A'), caches.sentMessage('B')]).toEqual([undefined, undefined]);
  });

  test('is bounded: the oldest go', () => {
    const caches = new SocketCaches();
    for (let i = 0; i < 1_500; i++) caches.rememberSent(sent(`M${i}`));
    expect(caches.sentMessage('M0')).toBeUndefined();
    expect(caches.sentMessage('M1499')).toBeDefined();
  });
});

test('a group whose members changed is asked for again', () => {
  const caches = new SocketCaches();
  const group = { id: '1@g.us', subject: 's', owner: undefined, participants: [] };
  caches.rememberGroup(group);
  expect(caches.group('1@g.us')).toEqual(group);
  caches.forgetGroup('1@g.us');
  expect(caches.group('1@g.us')).toBeUndefined();
});
