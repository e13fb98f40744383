"""One call at one end: what belongs to it, and how it is agreed on and let go."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field

from aiortc import RTCPeerConnection, RTCSessionDescription

from hardware.video.media import PictureTrack, SoundTrack
from hardware.video.sdp import SDP_FAULTS
from hardware.video.signalling import Gone, Message, TcpChannel
from hardware.video.states import Ending

_GOODBYE = 0.5


class NoMedia(Exception):
    """The other end described picture and sound in a way that cannot be followed."""


@dataclass(eq=False)
class Leg:
    """One call at our end."""

    id: str
    channel: TcpChannel | None = None
    task: "asyncio.Task[None] | None" = None
    parting: str = "bye"
    ending: Ending = Ending.HUNG_UP
    far_name: "asyncio.Future[str]" = field(default_factory=asyncio.Future)
    answered: asyncio.Event = field(default_factory=asyncio.Event)
    far_is_holding: bool = False
    is_leaving: bool = False
    """Its end has begun, and must not be interrupted: media that are not let go stay open."""
    since: float = 0.0
    connection: RTCPeerConnection | None = None
    picture: PictureTrack | None = None
    sound: SoundTrack | None = None
    takers: "list[asyncio.Task[None]]" = field(default_factory=list)


async def agree(connection: RTCPeerConnection, sdp: str, kind: str) -> None:
    """Take the other end's description. Raises `NoMedia`."""
    try:
        await connection.setRemoteDescription(RTCSessionDescription(sdp, kind))
    except SDP_FAULTS as error:
        raise NoMedia(type(error).__name__) from error


async def say(channel: TcpChannel, message: Message) -> None:
    """Send it, if anyone is there to hear it."""
    with suppress(Gone):
        await channel.send(message)


async def part(channel: TcpChannel, kind: str) -> None:
    """Say one last thing and close."""
    await say(channel, Message(kind))
    channel.close()


async def clear(line: Leg) -> None:
    """Say goodbye if there is anyone to say it to, and let everything go."""
    for taker in line.takers:
        taker.cancel()
    if line.channel is not None:
        if line.parting:
            with suppress(TimeoutError):
                async with asyncio.timeout(_GOODBYE):
                    await say(line.channel, Message(line.parting))
        line.channel.close()
    if line.connection is not None:
        await line.connection.close()
