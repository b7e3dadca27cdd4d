"""What a script imports is found under the name that browsers may keep for ever."""

import re
from pathlib import Path

from django.contrib.staticfiles import finders

from portal.static_files import StaticFilesStorage

IMPORT = re.compile(r"""from\s*["'](\./[^"']+)["']""")
OURS = ("openday/", "portal/", "people/", "publishing/", "notify/")


def test_modules_import_modules_with_a_digest(tmp_path: Path) -> None:
    storage = StaticFilesStorage(location=tmp_path, base_url="/static/")
    files = {}
    for finder in finders.get_finders():
        for name, source in finder.list([]):
            if name.startswith(OURS):
                with source.open(name) as content:
                    storage.save(name, content)
                files[name] = (storage, name)
    broken = [done for _name, _hashed, done in storage.post_process(files) if done is not True]
    assert [one for one in broken if isinstance(one, Exception)] == []
    wanted = set()
    for name in files:
        if name.endswith(".js"):
            hashed = tmp_path / storage.stored_name(name)
            wanted |= {
                (hashed.parent / address).resolve().relative_to(tmp_path.resolve())
                for address in IMPORT.findall(hashed.read_text())
            }
    assert len(wanted) > 5
    assert [path for path in wanted if not re.search(r"\.[0-9a-f]{12}\.js$", path.name)] == []
    assert [path for path in wanted if not (tmp_path / path).exists()] == []
