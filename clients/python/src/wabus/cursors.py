"""Stores for the positions of readers."""
from __future__ import annotations

import asyncio
import os
import re
from pathlib import Path
from typing import Dict, Optional, Protocol, Union


class CursorStore(Protocol):
    """Stores the position of each named reader, for example in your database."""

    async def load(self, name: str) -> Optional[str]:
        """Returns the cursor that was last saved; ``None`` if there is none."""

    async def save(self, name: str, cursor: str) -> None:
        """Saves a cursor."""


class MemoryCursorStore:
    """Keeps positions in memory, until the process ends."""

    def __init__(self) -> None:
        self._cursors: Dict[str, str] = {}

    async def load(self, name: str) -> Optional[str]:
        return self._cursors.get(name)

    async def save(self, name: str, cursor: str) -> None:
        self._cursors[name] = cursor


class FileCursorStore:
    """Keeps positions in a folder, with one file for each reader. A write replaces the whole file, so that a crash
    leaves the previous position.
    """

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
            # On a full disk, the incomplete file would take up space.
            staging.unlink(missing_ok=True)
            raise
