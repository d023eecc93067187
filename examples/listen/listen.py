"""Prints messages as they arrive: python3 examples/listen/listen.py [url] [token file]   (needs python-socketio[client])"""
import sys

import socketio

url = sys.argv[1] if len(sys.argv) > 1 else 'http://localhost:3000'
token_file = sys.argv[2] if len(sys.argv) > 2 else '.wabus/access-token'

sio = socketio.Client()


@sio.on('messages.upsert', namespace='/api/events')
def on_message(data):
    message = data['messages'][0]
    content = message.get('message') or {}
    text = content.get('conversation') or content.get('extendedTextMessage', {}).get('text')
    if not message['key'].get('fromMe'):
        print('message', message['key']['remoteJid'], text or '(no text)', flush=True)


with open(token_file) as file:
    sio.connect(url, namespaces=['/api/events'], auth={'token': file.read().strip()})
print('subscribed', sio.call('subscribe', ['messages.upsert'], namespace='/api/events'), flush=True)
sio.wait()
