// Prints the messages of all sessions as they arrive.
const { io } = require('socket.io-client');

const socket = io(`${process.env.WABUS_URL ?? 'http://localhost:3000'}/api/events`, { auth: { token: process.env.WABUS_TOKEN } });

// Subscribe at each connect, because a subscription ends with its connection.
socket.on('connect', () => {
  socket.emit('subscribe', ['messages.upsert', 'connection.update'], outcome => console.log('subscribed', JSON.stringify(outcome)));
});
socket.on('connect_error', error => console.error('refused', error.message));

socket.on('connection.update', update => update.connection && console.log('connection', update.connection));
socket.on('messages.upsert', ({ messages: [message] }) => {
  const text = message.message?.conversation ?? message.message?.extendedTextMessage?.text;
  if (!message.key.fromMe) console.log('message', message.key.remoteJid, text ?? '(no text)');
});
