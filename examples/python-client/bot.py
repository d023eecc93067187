"""A bot that answers each text once. It continues where it stopped, and repeats an answer only with the same key."""
import asyncio
import os

from wabus import Event, FileCursorStore, Wabus, WabusError, is_incoming


async def answer(wabus: Wabus, event: Event) -> None:
    message = event.data["messages"][0]
    text = message["message"].get("conversation")
    if not isinstance(text, str):
        return
    try:
        await wabus.commands.send_message(
            message["key"]["remoteJid"], {"text": f"You wrote: {text}"}, session=event.session, idempotency_key=event.id
        )
        print("answered", text, flush=True)
    except WabusError as error:
        # A retryable error ends the process: the event is delivered again at the next start.
        if error.retryable:
            raise
        print("not answered", error, flush=True)


async def main() -> None:
    url = os.environ.get("WABUS_URL", "http://localhost:3000")
    async with Wabus(url, token=os.environ["WABUS_TOKEN"], cursors=FileCursorStore("cursors")) as wabus:
        # The position is stored under this name; other readers have their own.
        async with wabus.events(["messages.upsert"], name="bot") as events:
            print("listening", flush=True)
            async for event in events:
                if is_incoming(event):
                    await answer(wabus, event)


if __name__ == "__main__":
    asyncio.run(main())
