"""Which messages belong together: a message and the replies to it."""
from __future__ import annotations

import datetime
from typing import NamedTuple

from mail_folders import Location


class Note(NamedTuple):
    """What is kept of a message while the folder is read through."""
    location: Location
    date: datetime.datetime | None


class Conversations:
    """Takes messages one by one; holds some hundred bytes of each."""

    def __init__(self) -> None:
        self.notes: list[list[Note]] = []  # by conversation, in the order in which the first messages came
        self.joined: list[int] = []  # by conversation: itself, or the earlier one that it turned out to be part of
        self.places: dict[int, int] = {}  # the conversation in which a message or a ticket is spoken of
        self.known: set[int] = set()

    def add(self, location: Location, date: datetime.datetime | None, identity: str, related: list[str]) -> None:
        """Takes a message with its id, and the ids of the messages that it answers and the ticket that it names.

        A copy of a message that came before is passed over."""
        own = hash(identity)
        if own in self.known:
            return
        self.known.add(own)
        keys = [own, *map(hash, related)]
        place, *others = sorted({self._place(self.places[key]) for key in keys if key in self.places}) or [self._begin()]
        for other in others:
            self.joined[other] = place
            self.notes[place] += self.notes[other]
            self.notes[other] = []
        self.notes[place].append(Note(location, date))
        self.places.update(dict.fromkeys(keys, place))

    def in_order(self) -> list[list[Note]]:
        """The conversations, each by the dates of its messages; those without a date stand last."""
        latest = datetime.datetime.max.replace(tzinfo=datetime.timezone.utc)
        for notes in self.notes:
            notes.sort(key=lambda note: note.date or latest)
        return [notes for notes in self.notes if notes]

    def _begin(self) -> int:
        self.notes.append([])
        self.joined.append(len(self.joined))
        return len(self.joined) - 1

    def _place(self, place: int) -> int:
        while self.joined[place] != place:
            self.joined[place] = self.joined[self.joined[place]]
            place = self.joined[place]
        return place
