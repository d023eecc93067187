"""Where readers keep their position."""
from __future__ import annotations

import asyncio
import os
import re
from pathlib import Path
from typing import Dict, Optional, Protocol, Union


class CursorStore(Protocol):
    """Keeps the position of each named reader, for example in your database."""

    async def load(self, name: str) -> Optional[str]:
        """The cursor that was saved last, ``None`` if there is none."""

    async def save(self, name: str, cursor: str) -> None:
        """Keeps a cursor."""


class MemoryCursorStore:
    """Positions that end with the process."""

    def __init__(self) -> None:
        self._cursors: Dict[str, str] = {}

    async def load(self, name: str) -> Optional[str]:
        return self._cursors.get(name)

    async def save(self, name: str, cursor: str) -> None:
        self._cursors[name] = cursor


class FileCursorStore:
    """A file for each reader in a folder. A file is replaced as a whole: a crash leaves the previous position."""

    def __init__(self, folder: Union[str, "os.PathLike[str]"]) -> None:
        self._folder = Path(folder)

    async def load(self, name: str) -> Optional[str]:
        return await asyncio.to_thread(self._read, self._path(name))

    async def save(self, name: str, cursor: str) -> None:
        await asyncio.to_thread(self._write, self._path(name), cursor)

    def _path(self, name: str) -> Path:
        if not re.fullmatch(r"[A-Za-z0-9_.-]{1,100}", name) or name.startswith("."):
            raise ValueError(f"a reader cannot be called {name!r}: use letters, digits, _, . and -")
        return self._folder / f"{name}.cursor"

    @staticmethod
    def _read(path: Path) -> Optional[str]:
        try:
            return path.read_text().strip() or None
        except FileNotFoundError:
            return None

    @staticmethod
    def _write(path: Path, cursor: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        staging = path.with_suffix(f".{os.getpid()}.tmp")
        try:
            with open(staging, "w", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
                file.write(f"{cursor}\n")
                file.flush()
                os.fsync(file.fileno())
            staging.replace(path)
        except OSError:
            # On a full disk, what is left of it takes room.
            staging.unlink(missing_ok=True)
            raise
