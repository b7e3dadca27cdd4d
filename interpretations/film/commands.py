"""The command lines of ffprobe and ffmpeg. Pure: they are run by the tasks.

The files come from outside: only the containers that we know are opened, none may lead to another
file or address (playlists do), and no more is written than the length says.
"""

import shutil
from fractions import Fraction
from pathlib import Path

from interpretations.film.facts import MAX_BYTES, Facts
from interpretations.film.sizes import Size

_OPENED = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi"
_CAREFUL = ["-protocol_whitelist", "file", "-format_whitelist", _OPENED]
_BITS = {"720p": ("2500k", "5000k", "128k"), "480p": ("1000k", "2000k", "96k")}
# What phones film in high dynamic range would look grey on other screens.
_TO_SDR = (
    "zscale=min=bt2020nc:pin=bt2020:t=linear:npl=100,format=gbrpf32le,zscale=p=bt709,"
    "tonemap=tonemap=hable:desat=0,zscale=t=bt709:m=bt709:r=tv"
)


def probe(source: Path) -> list[str]:
    """Says in JSON what is in the file."""
    asked = ["-show_format", "-show_streams", "-of", "json"]
    return [*alone("ffprobe"), "-v", "error", *_CAREFUL, *asked, "-i", _file(source)]


def transcode(source: Path, folder: Path, facts: Facts, sizes: list[Size]) -> list[str]:
    """Makes ``<name>.mp4`` of each size in one run, and notes in ``progress`` how far it is.

    Turned upright, steady in its rate, without metadata (phones note where they were).
    """
    command = [*alone("ffmpeg"), "-nostdin", "-hide_banner", "-v", "error", "-y"]
    command += [*_CAREFUL, "-t", f"{facts.seconds + 5:.3f}", "-i", _file(source)]
    command += ["-filter_complex", _graph(facts, sizes)]
    for size in sizes:
        command += ["-map", f"[{size.name}]"]
        if facts.sound is not None:
            command += ["-map", f"0:{facts.sound}"]
            command += _sound(size)
        command += [*_encoding(size, facts.rate), _file(folder / f"{size.name}.mp4")]
    return [*command, "-progress", _file(folder / "progress"), "-stats_period", "0.5"]


def poster(film: Path, target: Path, seconds: float) -> list[str]:
    """A picture that stands for the film: the most typical of some two seconds near its start."""
    command = [*alone("ffmpeg"), "-nostdin", "-hide_banner", "-v", "error", "-y"]
    command += ["-ss", f"{min(3.0, seconds * 0.1):.3f}", "-i", _file(film)]
    scale = "scale='if(gt(iw,ih),min(960,iw),min(540,iw))':-2"
    taken = ["-an", "-vf", f"thumbnail=60,{scale}", "-frames:v", "1", "-q:v", "4"]
    return [*command, *taken, "-map_metadata", "-1", _file(target)]


def percent_done(progress: str, seconds: float) -> int:
    """From what ffmpeg writes by -progress (key=value lines); 99 at most, the rest is checking."""
    times = [
        line.partition("=")[2] for line in progress.splitlines() if line.startswith("out_time_us=")
    ]
    latest = next((int(time) for time in reversed(times) if time.isdigit()), 0)
    return min(99, int(100 * latest / 1_000_000 / seconds)) if seconds else 0


def alone(program: str) -> list[str]:
    """After other work, and not longer than its worker: a killed one leaves no encoder behind."""
    tied = ["setpriv", "--pdeathsig", "KILL"] if shutil.which("setpriv") else []
    return [*tied, "nice", "-n", "10", program]


def _file(path: Path) -> str:
    """A path that is never taken for a switch or an address."""
    return f"file:{path}"


def _graph(facts: Facts, sizes: list[Size]) -> str:
    """Filters from the film to each of its sizes; ffmpeg itself turns it upright first."""
    first = sizes[0]
    steps = ["yadif=deint=interlaced", f"scale={first.width}:{first.height}", "setsar=1"]
    if facts.high_range:
        steps.append(_TO_SDR)
    steps.append("format=yuv420p")
    chain = f"[0:{facts.picture}]{','.join(steps)}"
    if len(sizes) == 1:
        return f"{chain}[{first.name}]"
    second = sizes[1]
    return (
        f"{chain},split[{first.name}][rest];"
        f"[rest]scale={second.width}:{second.height},setsar=1[{second.name}]"
    )


def _encoding(size: Size, rate: Fraction) -> list[str]:
    most, buffer, _bits = _BITS[size.name]
    return [
        *("-c:v", "libx264", "-preset", "veryfast", "-crf", "23", "-profile:v", "high"),
        *("-maxrate", most, "-bufsize", buffer),
        *("-r", f"{rate.numerator}/{rate.denominator}", "-fps_mode", "cfr"),
        *("-force_key_frames", "expr:gte(t,n_forced*2)"),
        *("-map_metadata", "-1", "-map_chapters", "-1", "-movflags", "+faststart"),
        *("-fs", str(MAX_BYTES)),
    ]


def _sound(size: Size) -> list[str]:
    """Gaps are filled, so that picture and sound stay together."""
    bits = _BITS[size.name][2]
    coded = ["-c:a", "aac", "-b:a", bits, "-ac", "2", "-ar", "48000"]
    return [*coded, "-af", "aresample=async=1:first_pts=0"]
