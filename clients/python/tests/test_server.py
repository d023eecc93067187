"""Tests against a server: WABUS_URL, WABUS_TOKEN, the linked session WABUS_SESSION, and the jid WABUS_CONTACT of a
recipient.
"""
import asyncio
import os
import tempfile
import time
import unittest
import uuid
from typing import List, Set, cast

from wabus import Delivery, Event, EventStream, FileCursorStore, RetryDelivery, Wabus, WabusError
from wabus.catalog.types import MessageContent

URL = os.environ.get("WABUS_URL", "")
TOKEN = os.environ.get("WABUS_TOKEN", "")
SESSION = os.environ.get("WABUS_SESSION", "main")
CONTACT = os.environ.get("WABUS_CONTACT", "")


def text_of(event: Event) -> str:
    return str((event.data["messages"][0].get("message") or {}).get("extendedTextMessage", {}).get("text", ""))


class Proxy:
    """A TCP proxy whose connections can be cut."""

    async def start(self) -> str:
        self._writers: Set[asyncio.StreamWriter] = set()
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def cut(self) -> None:
        for writer in self._writers:
            writer.transport.abort()

    async def stop(self) -> None:
        self.cut()
        self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host, port = URL.split("//")[1].split(":")
        far_reader, far_writer = await asyncio.open_connection(host, int(port))
        ends = {writer, far_writer}
        self._writers |= ends
        await asyncio.gather(self._pump(reader, far_writer), self._pump(far_reader, writer), return_exceptions=True)
        self._writers -= ends

    @staticmethod
    async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
        writer.close()


@unittest.skipUnless(URL, "WABUS_URL names no server")
class Server(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self) -> None:
        self.wabus = Wabus(URL, token=TOKEN, session=SESSION)
        self.addAsyncCleanup(self.wabus.close)
        self.mark = uuid.uuid4().hex[:8]
        self.sent = 0

    async def write(self, count: int = 1) -> List[str]:
        texts = []
        for _ in range(count):
            self.sent += 1
            texts.append(f"{self.mark} {self.sent}")
            await self.wabus.socket_commands.send_message(CONTACT, cast(MessageContent, {"text": texts[-1]}))
        return texts

    def mine(self, event: Event) -> bool:
        return event.event == "messages.upsert" and text_of(event).startswith(self.mark)

    async def read(self, events: EventStream, count: int) -> List[str]:
        texts: List[str] = []
        async for event in events:
            if self.mine(event):
                texts.append(text_of(event))
            if len(texts) == count:
                break
        return texts

    async def test_commands(self) -> None:
        for commands in (self.wabus.commands, self.wabus.socket_commands):
            key = uuid.uuid4().hex
            content = cast(MessageContent, {"text": f"once {key}"})
            first = await commands.send_message(CONTACT, content, idempotency_key=key)
            again = await commands.send_message(CONTACT, content, idempotency_key=key)
            self.assertEqual(first["key"]["id"], again["key"]["id"])
            view = await commands.get_session()
            self.assertEqual((view["session"], view["status"]["state"]), (SESSION, "open"))
            await commands.send_presence_update("available")
            with self.assertRaises(WabusError) as unknown:
                await commands.fetch_blocklist(session="nobody")
            error = unknown.exception
            self.assertEqual((error.code, error.retryable, error.certain), ("UNKNOWN_SESSION", False, True))
            with self.assertRaises(WabusError) as invalid:
                await commands.group_update_subject("no jid", "x")
            self.assertEqual(invalid.exception.code, "INVALID_ARGUMENTS")
            self.assertIn("jid", invalid.exception.details["fields"])
            with self.assertRaises(WabusError) as reused:
                await commands.send_message(CONTACT, cast(MessageContent, {"text": "other"}), idempotency_key=key)
            self.assertEqual(reused.exception.code, "IDEMPOTENCY_KEY_REUSED")

    async def test_a_server_that_is_not_there(self) -> None:
        async with Wabus("http://127.0.0.1:9", token=TOKEN, session=SESSION) as nowhere:
            for commands in (nowhere.commands, nowhere.socket_commands):
                with self.assertRaises(WabusError) as raised:
                    await commands.fetch_blocklist(deadline_ms=400)
                self.assertEqual((raised.exception.code, raised.exception.retryable, raised.exception.certain), ("UNREACHABLE", True, True))

    async def test_a_token_that_is_refused(self) -> None:
        async with Wabus(URL, token="wrong-" + "x" * 20, session=SESSION) as stranger:
            for commands in (stranger.commands, stranger.socket_commands):
                with self.assertRaises(WabusError) as raised:
                    await commands.fetch_blocklist(deadline_ms=2_000)
                self.assertEqual(raised.exception.code, "UNAUTHORIZED")
            with self.assertRaises(WabusError) as refused:
                await stranger.events(["*"]).start()
            self.assertEqual(refused.exception.code, "UNAUTHORIZED")

    async def test_a_token_from_a_function(self) -> None:
        async def token() -> str:
            return TOKEN

        async with Wabus(URL, token=token) as client:
            sessions = (await client.request("GET", "/api/sessions"))["sessions"]
            self.assertIn(SESSION, [one["session"] for one in sessions])
            async with client.events("connection.update"):
                pass

    async def test_resumes_where_a_process_stopped(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            async with Wabus(URL, token=TOKEN, cursors=FileCursorStore(folder)) as first:
                stream = await first.events(["messages.upsert"], name="bot", sessions=[SESSION]).start()
                texts = await self.write(3)
                self.assertEqual(await self.read(stream, 3), texts)
            # The third message was being handled, so it is delivered again.
            more = await self.write(2)
            async with Wabus(URL, token=TOKEN, cursors=FileCursorStore(folder)) as second:
                stream = second.events(["messages.upsert"], name="bot", sessions=[SESSION])
                self.assertEqual(await self.read(stream, 3), [texts[2], *more])

    async def test_misses_nothing_over_a_lost_connection(self) -> None:
        proxy = Proxy()
        async with Wabus(await proxy.start(), token=TOKEN, session=SESSION) as client:
            stream = await client.events(["messages.*"], chats=[CONTACT]).start()
            first = await self.write(2)
            self.assertEqual(await self.read(stream, 2), first)
            proxy.cut()
            second = await self.write(3)
            self.assertEqual(await self.read(stream, 3), second)
            # A command whose connection is cut is sent again with its own key.
            await client.socket_commands.get_session()
            proxy.cut()
            sent = await client.socket_commands.send_message(CONTACT, cast(MessageContent, {"text": f"{self.mark} cut"}))
            self.assertTrue(sent["key"]["id"])
        await proxy.stop()

    async def test_reads_at_the_pace_of_a_slow_loop(self) -> None:
        async with Wabus(URL, token=TOKEN, buffered_events=4) as client:
            stream = await client.events(["messages.upsert"]).start()
            texts = await self.write(24)
            await asyncio.sleep(0.1)
            self.assertEqual(await self.read(stream, 24), texts)

    async def test_pages(self) -> None:
        began = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - 1))
        stream = await self.wabus.events(["messages.upsert"], sessions=[SESSION]).start()
        texts = await self.write(7)
        self.assertEqual(await self.read(stream, 7), texts)
        events = [e async for e in self.wabus.history(events=["messages.upsert"], sessions=[SESSION], since=began, page_size=3)]
        self.assertEqual([text_of(event) for event in events if self.mine(event)], texts)
        page = await self.wabus.page(events=["messages.upsert"], since=began, limit=2)
        self.assertEqual((len(page.events), page.more, page.truncated), (2, True, None))
        with self.assertRaises(WabusError) as raised:
            await self.wabus.page(since="yesterday")
        self.assertEqual(raised.exception.details["field"], "since")

    async def test_a_durable_subscription(self) -> None:
        seen: List[object] = []
        name = f"python-{self.mark}"
        joined = asyncio.Event()
        done = asyncio.Event()
        failures: List[str] = []
        proxy = Proxy()
        client = Wabus(await proxy.start(), token=TOKEN)
        self.addAsyncCleanup(client.close)

        async def handle(delivery: Delivery) -> None:
            if not self.mine(delivery.event):
                return
            seen.append((text_of(delivery.event), delivery.attempt))
            if len(seen) == 1:
                raise RetryDelivery(500)
            if len(seen) == 2:
                raise ValueError("not yet")
            if len(seen) >= 4:
                done.set()

        reader = asyncio.ensure_future(
            client.consume(
                name,
                handle,
                events=["messages.upsert"],
                sessions=[SESSION],
                max_in_flight=1,
                ack_wait_ms=500,
                joined=joined,
                on_error=lambda error: failures.append(str(error)),
            )
        )
        await asyncio.wait_for(joined.wait(), 10)
        one, two = await self.write(2)
        await asyncio.wait_for(done.wait(), 15)
        self.assertEqual(seen, [(one, 1), (one, 2), (one, 3), (two, 1)])
        self.assertEqual(failures, ["not yet"])
        done.clear()
        proxy.cut()
        (three,) = await self.write()
        # The second message is delivered again if its acknowledgment was lost.
        while (three, 1) not in seen:
            await asyncio.wait_for(done.wait(), 15)
            done.clear()
        reader.cancel()
        await asyncio.gather(reader, return_exceptions=True)
        record = await self.wabus.request("GET", f"/api/subscriptions/{name}")
        self.assertEqual((record["waiting"], record["deadLetters"]), (0, 0))
        with self.assertRaises(WabusError) as differs:
            await self.wabus.consume(name, handle, events=["call"])
        self.assertEqual(differs.exception.code, "SUBSCRIPTION_DIFFERS")
        await self.wabus.request("DELETE", f"/api/subscriptions/{name}")
        await proxy.stop()


if __name__ == "__main__":
    unittest.main()
