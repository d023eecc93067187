"""Prints the messages of all sessions as they arrive."""
import os

import socketio

NAMESPACE = '/api/events'
sio = socketio.Client()


# Subscribe at each connect, because a subscription ends with its connection.
@sio.on('connect', namespace=NAMESPACE)
def on_connect():
    sio.emit('subscribe', ['messages.upsert', 'connection.update'], namespace=NAMESPACE,
             callback=lambda outcome: print('subscribed', outcome, flush=True))


@sio.on('connection.update', namespace=NAMESPACE)
def on_connection(update):
    if 'connection' in update:
        print('connection', update['connection'], flush=True)


@sio.on('messages.upsert', namespace=NAMESPACE)
def on_message(data):
    message = data['messages'][0]
    content = message.get('message') or {}
    text = content.get('conversation') or content.get('extendedTextMessage', {}).get('text')
    if not message['key'].get('fromMe'):
        print('message', message['key']['remoteJid'], text or '(no text)', flush=True)


sio.connect(os.environ.get('WABUS_URL', 'http://localhost:3000'), namespaces=[NAMESPACE],
            auth={'token': os.environ['WABUS_TOKEN']})
sio.wait()
