"""Takes the deliveries of a webhook: checks the signature, drops repeats, answers."""
import base64
import hashlib
import hmac
import json
import os
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SECRET = os.environ['WABUS_WEBHOOK_SECRET']
KEY = base64.b64decode(SECRET.removeprefix('whsec_'))

# Ids of deliveries that were handled. A service with a database keeps them there, beside what it did.
handled = set()


def verify(headers, body):
    """Over the bytes as they came: JSON that is parsed and written again may differ."""
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
        id = self.headers['webhook-id']
        if id in handled:
            print('again', id, flush=True)
        else:
            event = json.loads(body)
            print('event', event['session'], event['event'], json.dumps(event['data']), flush=True)
            handled.add(id)
        # After the work, not before: anything but 2xx brings the event again.
        self.answer(204)

    def answer(self, status):
        self.send_response(status)
        self.send_header('content-length', '0')
        self.end_headers()

    def log_message(self, *_):
        pass


port = int(os.environ.get('PORT', '8080'))
server = ThreadingHTTPServer(('', port), Receiver)
print('listening', port, flush=True)
server.serve_forever()
