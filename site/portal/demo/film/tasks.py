"""The demo's film, made by ffmpeg of two of its drawings."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from portal.demo.pictures import draw

SECONDS = 8
_SCENES = ("full-street", "market-place")


def draw_film() -> bytes | None:
    """Eight seconds, half for each scene, with a tone; None where there is no ffmpeg."""
    ffmpeg = shutil.which("ffmpeg")
    if not ffmpeg:
        return None
    with tempfile.TemporaryDirectory(prefix="demo-film-") as name:
        folder, seen = Path(name), []
        for scene in _SCENES:
            (folder / scene).write_bytes(draw(scene))
            length = ["-loop", "1", "-framerate", "25", "-t", str(SECONDS // len(_SCENES))]
            seen += [*length, "-i", str(folder / scene)]
        tone = ["-f", "lavfi", "-i", f"sine=frequency=330:duration={SECONDS}"]
        graph = "[0:v][1:v]concat=n=2:v=1,scale=1280:720:force_original_aspect_ratio=increase,"
        graph += "crop=1280:720,format=yuv420p[v];[2:a]volume=0.1[a]"
        codecs = ["-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac"]
        made = ["-filter_complex", graph, "-map", "[v]", "-map", "[a]", *codecs]
        target = folder / "film.mp4"
        command = [ffmpeg, "-nostdin", "-v", "error", "-y", *seen, *tone, *made, str(target)]
        subprocess.run(command, check=True, timeout=120)  # noqa: S603 - our own words alone
        return target.read_bytes()
