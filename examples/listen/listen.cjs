// Prints messages as they arrive: node examples/listen/listen.cjs [url] [token file]
const { readFileSync } = require('node:fs');
const { io } = require('socket.io-client');

const [url = 'http://localhost:3000', tokenFile = '.wabus/access-token'] = process.argv.slice(2);
const socket = io(`${url}/api/events`, { auth: { token: readFileSync(tokenFile, 'utf8').trim() } });

socket.on('connect', () => {
  socket.emit('subscribe', ['messages.upsert', 'connection.update'], outcome => console.log('subscribed', JSON.stringify(outcome)));
});
socket.on('connect_error', error => console.error('refused', error.message));
socket.on('connection.update', update => update.connection && console.log('connection', update.connection));
socket.on('messages.upsert', ({ messages: [message] }) => {
  const text = message.message?.conversation ?? message.message?.extendedTextMessage?.text;
  if (!message.key.fromMe) console.log('message', message.key.remoteJid, text ?? '(no text)');
});
