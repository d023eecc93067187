import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { GATEWAY_NAMESPACE } from '@wabus/contracts';
import { Server } from 'socket.io';

/** Runs in its own process: bare Socket.IO that broadcasts the lines of its input, `<count> <marker> <payload>`, and nothing else. Prints its port. */
const http = createServer();
const namespace = new Server(http, { transports: ['websocket'], serveClient: false }).of(GATEWAY_NAMESPACE);
namespace.on('connection', socket => void socket.join('all'));
createInterface(process.stdin).on('line', line => {
  const [count, marker, ...rest] = line.split(' ');
  const payload = JSON.parse(rest.join(' ')) as object;
  const rounds = Number(count);
  const broadcast = (n: number): void => {
    namespace.to('all').emit('messages.upsert', { ...payload, end: n === rounds ? marker : '' });
    // Each event separately, as events arrive from a broker.
    if (n < rounds) setImmediate(broadcast, n + 1);
  };
  broadcast(1);
});
http.listen(0, '127.0.0.1', () => process.stdout.write(`port ${(http.address() as { port: number }).port}\n`));
