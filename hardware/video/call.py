"""A call with picture and sound, behind one class.

An asyncio loop in a thread of its own carries signalling (`hardware.video.signalling`) and media (aiortc:
WebRTC with host candidates only, so nothing leaves the local network). Every public method returns at once;
what happens is told through one callback, in that thread. Nothing is recorded.

There is no echo cancellation: use a headset, or mute between sentences.
"""

import asyncio
import logging
import threading
import time
import uuid
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import numpy as np
from aiortc import RTCConfiguration, RTCPeerConnection

from hardware.camera.frame import Image
from hardware.video.leg import Leg, NoMedia, agree, clear, part, say
from hardware.video.media import SAMPLES, PictureTrack, Reception, Samples, SoundTrack
from hardware.video.sdp import SDP_FAULTS, of_peer
from hardware.video.signalling import BadLine, Gone, Message, TcpChannel, connect
from hardware.video.states import (
    CallChanged,
    CallEvent,
    CallState,
    Ending,
    FarHeld,
    Happening,
    IllegalHappening,
    Lack,
    MediaLacks,
    after,
)

_log = logging.getLogger(__name__)
for _chatty in ("aioice", "aiortc"):  # they log addresses
    logging.getLogger(_chatty).setLevel(logging.WARNING)
_REACH = 3.0  # seconds to reach the other end and to be greeted
_GREETED = 1.0  # seconds to learn whether who calls us is whom we call
_LACK_AFTER = 3.0  # seconds without picture or sound
_LOOK = 0.5
_STRANGERS = 16  # connections that may be open before they have said what they want
_START = 5.0
_GOODBYES = 8.0
_STOP = 10.0


@dataclass(frozen=True, slots=True)
class Sources:
    """What we send: the newest picture or None, and 20 ms of sound (`SAMPLES` samples) a call."""

    picture: Callable[[], Image | None]
    sound: Callable[[], Samples] = lambda: np.zeros(SAMPLES, np.int16)


class VideoCall:
    """One end that can call and be called, one call at a time.

    `tell` hears `CallEvent`s and `play` the sound that comes in, both in the call's thread. `ring_time` is
    how long, in seconds, anyone rings.
    """

    def __init__(
        self,
        sources: Sources,
        tell: Callable[[CallEvent], None],
        *,
        play: Callable[[Samples], None] = lambda _: None,
        ring_time: float = 30.0,
    ) -> None:
        self._sources = sources
        self._tell = tell
        self._play = play
        self._ring_time = ring_time
        self._name = uuid.uuid4().hex
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="video call", daemon=True)
        self._server: asyncio.Server | None = None
        self._line: Leg | None = None
        self._legs: set[asyncio.Task[None]] = set()
        self._is_muted = False
        self._strangers = 0
        self.state = CallState.IDLE
        self.far = Reception(play)
        """What comes in, of this call or the last one."""

    def start(self, host: str = "0.0.0.0", port: int = 0) -> int:
        """Begin to listen; returns the port. Raises OSError when it is taken."""
        self._thread.start()
        return asyncio.run_coroutine_threadsafe(self._listen(host, port), self._loop).result(_START)

    def stop(self) -> None:
        """Hang up and end the thread. Waits for the goodbye, at most a few seconds."""
        if not self._thread.is_alive():
            return
        with suppress(TimeoutError):
            asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(_STOP)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_START)
        self._loop.close()

    # -- from any thread; each returns at once, and what cannot be done now is left undone --------------

    def call(self, host: str, port: int) -> None:
        """Call the end that listens at `host:port`."""
        self._soon(self._dial, host, port)

    def answer(self) -> None:
        """Take the call that rings."""
        self._soon(self._answer)

    def hang_up(self) -> None:
        """End the call; one that rings is declined."""
        self._soon(self._hang_up)

    def hold(self) -> None:
        """The other end sees and hears nothing until `resume`."""
        self._soon(self._hold, True)

    def resume(self) -> None:
        self._soon(self._hold, False)

    def mute(self, is_muted: bool) -> None:
        """Send silence instead of sound."""
        self._soon(self._mute, is_muted)

    def _soon(self, act: Callable[..., None], *given: Any) -> None:
        def run() -> None:
            try:
                act(*given)
            except IllegalHappening as error:
                _log.info("not now: %s", error)

        self._loop.call_soon_threadsafe(run)

    # -- in the thread of the call ----------------------------------------------------------------------

    async def _listen(self, host: str, port: int) -> int:
        self._server = await asyncio.start_server(self._welcome, host, port, limit=1 << 16)
        found: int = self._server.sockets[0].getsockname()[1]
        return found

    async def _close(self) -> None:
        if self._server is not None:
            self._server.close()
        if self._line is not None:
            self._leave(self._line)
        if self._legs:
            await asyncio.wait(self._legs, timeout=_GOODBYES)
        strangers = asyncio.all_tasks() - {asyncio.current_task()}
        for stranger in strangers:
            stranger.cancel()
        await asyncio.gather(*strangers, return_exceptions=True)
        await asyncio.sleep(0)  # a closed connection is let go one turn later

    def _enter(self, happening: Happening, ending: Ending | None = None) -> None:
        self.state = after(self.state, happening)
        self._tell(CallChanged(self.state, ending))

    def _dial(self, host: str, port: int) -> None:
        self._enter(Happening.DIAL)
        line = self._line = Leg(uuid.uuid4().hex)
        self._run(line, self._outgoing(line, host, port))

    def _answer(self) -> None:
        if self.state is not CallState.RINGING or self._line is None:
            raise IllegalHappening(f"answer while {self.state}")
        self._line.answered.set()

    def _hang_up(self) -> None:
        line = self._line
        if line is None or line.task is None:
            raise IllegalHappening("hang up while nobody calls")
        line.parting = "decline" if self.state is CallState.RINGING else "bye"
        self._leave(line)

    def _hold(self, is_held: bool) -> None:
        line = self._line
        self._enter(Happening.HOLD if is_held else Happening.RESUME)
        if line is None or line.picture is None or line.sound is None or line.channel is None:
            raise IllegalHappening("hold without a call")
        line.picture.is_held = line.sound.is_held = is_held
        line.since = time.monotonic()
        line.takers.append(self._loop.create_task(say(line.channel, Message("hold", on=is_held))))

    def _mute(self, is_muted: bool) -> None:
        self._is_muted = is_muted
        if self._line is not None and self._line.sound is not None:
            self._line.sound.is_muted = is_muted

    def _run(self, line: Leg, way: Coroutine[Any, Any, Ending]) -> None:
        line.task = task = self._loop.create_task(self._live(line, way))
        self._legs.add(task)
        task.add_done_callback(self._legs.discard)

    def _leave(self, line: Leg) -> None:
        """Let the call end. Not at once: a task cancelled before its first step would never clear up."""
        if line.task is not None and not line.is_leaving:
            line.is_leaving = True
            self._loop.call_soon(line.task.cancel)

    async def _live(self, line: Leg, way: Coroutine[Any, Any, Ending]) -> None:
        """One call from its first step to its last, whatever ends it."""
        try:
            ending = await way
        except asyncio.CancelledError:
            ending = line.ending
        except (Gone, BadLine) as error:
            _log.info("the call broke: %s", error)
            ending = Ending.VANISHED if line.far_name.done() else Ending.UNREACHABLE
        except NoMedia as error:
            _log.info("no media: %s", error)
            ending = Ending.NO_MEDIA
        line.is_leaving = True
        if self._line is line:  # free for the next call at once: letting go of this one takes a moment
            self._line = None
            self._enter(Happening.END, ending)
        await clear(line)

    async def _outgoing(self, line: Leg, host: str, port: int) -> Ending:
        channel = line.channel = await connect(host, port, _REACH)
        hello = await channel.receive()
        if hello.kind != "hello":
            raise BadLine("no greeting")
        line.far_name.set_result(hello.sender)
        connection = self._connect(line)
        await connection.setLocalDescription(await connection.createOffer())
        offer = connection.localDescription.sdp
        await channel.send(Message("call", id=line.id, sender=self._name, sdp=offer))
        try:
            async with asyncio.timeout(self._ring_time):
                reply = await channel.receive()
        except TimeoutError:
            return Ending.NO_ANSWER
        if reply.kind == "answer":
            await agree(connection, of_peer(reply.sdp, channel.host), "answer")
            self._enter(Happening.ANSWERED)
            return await self._talk(line)
        if reply.kind == "yield":  # their call to us goes on instead of ours
            await asyncio.sleep(_REACH)
            return Ending.UNREACHABLE
        return {"busy": Ending.BUSY, "decline": Ending.DECLINED}.get(reply.kind, Ending.HUNG_UP)

    async def _welcome(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Somebody connected; junk and strangers who say nothing are let go."""
        if self._strangers >= _STRANGERS:
            writer.close()
            return
        channel = TcpChannel(reader, writer)
        self._strangers += 1
        try:
            await channel.send(Message("hello", sender=self._name))
            async with asyncio.timeout(_REACH):
                message = await channel.receive()
            if message.kind == "call" and message.sdp and message.id:
                await self._admit(channel, message)
                return
        except (Gone, BadLine, TimeoutError) as error:
            _log.info("a stranger called: %s", error)
        finally:
            self._strangers -= 1
        channel.close()

    async def _admit(self, channel: TcpChannel, message: Message) -> None:
        if self.state is CallState.CALLING and await self._is_whom_we_call(message.sender):
            mine = self._line
            if mine is not None and mine.id < message.id:
                await part(channel, "yield")
                return
            self._line = None  # theirs goes on: let go of ours without a word
            if mine is not None:
                mine.parting = ""
                self._leave(mine)
            self._ring(channel, message, is_mutual=True)
        elif self.state is CallState.IDLE:
            self._ring(channel, message, is_mutual=False)
        else:
            await part(channel, "busy")

    async def _is_whom_we_call(self, sender: str) -> bool:
        line = self._line
        if line is None:
            return False
        with suppress(TimeoutError):
            async with asyncio.timeout(_GREETED):
                return await asyncio.shield(line.far_name) == sender
        return False

    def _ring(self, channel: TcpChannel, message: Message, *, is_mutual: bool) -> None:
        line = self._line = Leg(message.id, channel)
        line.far_name.set_result(message.sender)
        if is_mutual:
            line.answered.set()
        self._enter(Happening.RING)
        self._run(line, self._incoming(line, message.sdp))

    async def _incoming(self, line: Leg, offer: str) -> Ending:
        channel = line.channel
        if channel is None:
            raise Gone("no channel")
        leaving = asyncio.create_task(channel.receive())
        answered = asyncio.create_task(line.answered.wait())
        try:
            await asyncio.wait({leaving, answered}, timeout=self._ring_time, return_when="FIRST_COMPLETED")
            if leaving.done():
                leaving.result()  # raises when they are gone
                return Ending.HUNG_UP
            if not answered.done():
                line.parting = "decline"
                return Ending.NO_ANSWER
            connection = self._connect(line)
            await agree(connection, of_peer(offer, channel.host), "offer")
            try:
                await connection.setLocalDescription(await connection.createAnswer())
            except SDP_FAULTS as error:  # an offer may be read and yet not be answerable
                raise NoMedia(type(error).__name__) from error
            await channel.send(Message("answer", sdp=connection.localDescription.sdp))
            self._enter(Happening.ANSWER)
            return await self._talk(line, leaving)
        finally:
            answered.cancel()
            leaving.cancel()

    async def _talk(self, line: Leg, first: "asyncio.Task[Message] | None" = None) -> Ending:
        """Follow the other end until it ends, and look after what we receive."""
        channel = line.channel
        if channel is None:
            raise Gone("no channel")
        line.since = time.monotonic()
        line.takers.append(self._loop.create_task(self._look_after(line)))
        while True:
            message = await (first if first is not None else channel.receive())
            first = None
            if message.kind == "hold":
                line.far_is_holding, line.since = message.on, time.monotonic()
                self._tell(FarHeld(message.on))
            elif message.kind in ("bye", "decline"):
                line.parting = ""
                return Ending.HUNG_UP

    async def _look_after(self, line: Leg) -> None:
        """Say what does not reach us, and when it does again."""
        told: frozenset[Lack] = frozenset()
        while True:
            await asyncio.sleep(_LOOK)
            is_meant = line.far_is_holding or self.state is not CallState.TALKING
            lacking = frozenset() if is_meant else self._lacking(line.since)
            if lacking != told:
                told = lacking
                self._tell(MediaLacks(lacking))

    def _lacking(self, since: float) -> frozenset[Lack]:
        now = time.monotonic()
        seen = {Lack.PICTURE: self.far.picture_at, Lack.SOUND: self.far.sound_at}
        return frozenset(lack for lack, at in seen.items() if now - max(at or since, since) > _LACK_AFTER)

    def _connect(self, line: Leg) -> RTCPeerConnection:
        """The media of one call. No server is asked for our address: both ends are on one network."""
        connection = line.connection = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        line.picture = PictureTrack(self._sources.picture)
        line.sound = SoundTrack(self._sources.sound)
        line.sound.is_muted = self._is_muted
        connection.addTrack(line.picture)
        connection.addTrack(line.sound)
        self.far = far = Reception(self._play)
        connection.on("track", lambda track: line.takers.append(self._loop.create_task(far.take(track))))
        connection.on("connectionstatechange", lambda: self._follow_connection(line, connection))
        return connection

    def _follow_connection(self, line: Leg, connection: RTCPeerConnection) -> None:
        if connection.connectionState == "failed":
            line.ending = Ending.VANISHED if self.far.picture_at or self.far.sound_at else Ending.NO_MEDIA
            self._leave(line)
