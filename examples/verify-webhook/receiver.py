"""Receives the deliveries of a webhook: it verifies the signature, stores the delivery, answers, and then handles it.

It answers the text "!ping" with "pong".
"""
import base64
import hashlib
import hmac
import json
import os
import sqlite3
import threading
import time
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SECRET = os.environ['WABUS_WEBHOOK_SECRET']
KEY = base64.b64decode(SECRET.removeprefix('whsec_'))
URL = os.environ.get('WABUS_URL', 'http://localhost:3000')
TOKEN = os.environ.get('WABUS_TOKEN', '')
FILE = os.environ.get('WABUS_DELIVERIES', 'deliveries.sqlite')
ATTEMPTS = 5

arrived = threading.Event()


def database():
    """Opens one connection for each thread. A commit is on disk when it returns."""
    connection = sqlite3.connect(FILE, timeout=30, isolation_level=None)
    connection.execute('PRAGMA synchronous = FULL')
    return connection


def verify(headers, body):
    """Verifies the signature over the bytes as received: JSON that is parsed and serialized again may differ."""
    timestamp = headers.get('webhook-timestamp', '')
    signed = f"{headers.get('webhook-id')}.{timestamp}.".encode() + body
    expected = 'v1,' + base64.b64encode(hmac.new(KEY, signed, hashlib.sha256).digest()).decode()
    fresh = timestamp.isdigit() and abs(time.time() - int(timestamp)) < 300
    given = headers.get('webhook-signature', '').split(' ')
    return fresh and any(hmac.compare_digest(expected.encode(), each.encode()) for each in given)


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get('content-length', 0)))
        if not verify(self.headers, body):
            print('refused', flush=True)
            return self.answer(401)
        connection = database()
        # A known delivery is not stored again, but answered in the same way.
        connection.execute('INSERT OR IGNORE INTO deliveries (id, body) VALUES (?, ?)', (self.headers['webhook-id'], body.decode()))
        connection.close()
        self.answer(200)
        arrived.set()

    def answer(self, status):
        self.send_response(status)
        self.send_header('content-length', '0')
        self.end_headers()

    def log_message(self, *_):
        pass


def work(event):
    """May take as long as it needs. It may run twice for an event, so the message that it sends has a key."""
    print('event', event['session'], event['event'], json.dumps(event['data']), flush=True)
    if event['event'] != 'messages.upsert':
        return
    message = event['data']['messages'][0]
    text = (message.get('message') or {}).get('conversation')
    if message['key'].get('fromMe') or text != '!ping':
        return
    headers = {
        'authorization': f'Bearer {TOKEN}',
        'content-type': 'application/json',
        # The id of the event is the key: the answer is sent once, however often this runs.
        'idempotency-key': event['id'],
    }
    answer = json.dumps({'jid': message['key']['remoteJid'], 'content': {'text': 'pong'}}).encode()
    request = urllib.request.Request(f"{URL}/api/sessions/{event['session']}/messages", answer, headers)
    urllib.request.urlopen(request, timeout=60).close()
    print('answered', event['id'], flush=True)


def work_off():
    """Handles one delivery after another, in the order of arrival. A service with many messages would use a queue for
    each chat.
    """
    connection = database()
    while True:
        arrived.clear()
        row = connection.execute('SELECT rowid, body, attempts FROM deliveries WHERE done = 0 ORDER BY rowid').fetchone()
        if row is None:
            arrived.wait()
            continue
        number, body, attempts = row
        done = 1
        try:
            work(json.loads(body))
        except Exception as error:
            done = int(attempts + 1 >= ATTEMPTS)
            print('gave up' if done else 'failed', error, flush=True)
            time.sleep(min(60, 2**attempts))
        connection.execute('UPDATE deliveries SET done = ?, attempts = attempts + 1 WHERE rowid = ?', (done, number))


database().execute(
    'CREATE TABLE IF NOT EXISTS deliveries'
    ' (id TEXT UNIQUE, body TEXT, attempts INTEGER NOT NULL DEFAULT 0, done INTEGER NOT NULL DEFAULT 0)'
)
port = int(os.environ.get('PORT', '8080'))
server = ThreadingHTTPServer(('', port), Receiver)
print('listening', port, flush=True)
threading.Thread(target=work_off, daemon=True).start()
server.serve_forever()
