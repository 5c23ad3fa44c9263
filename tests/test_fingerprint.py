"""The script that docs/fingerprint.md gives to outsiders computes what is published."""

from __future__ import annotations

import json
import re
import subprocess
import sys

from .releases import FIRST
from .sites import REPOSITORY


def test_script_of_the_documentation_gives_the_fingerprints_of_the_manifest(released, tmp_path):
    text = (REPOSITORY / "docs/fingerprint.md").read_text("utf-8")
    [script] = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    file = tmp_path / "fingerprint.py"
    file.write_text(script, "utf-8")
    folder = released.root / f"archive/{FIRST}"
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    for page, languages in manifest["pages"].items():
        for language, entry in languages.items():
            command = [sys.executable, str(file), str(folder / f"{page}.{language}.html")]
            result = subprocess.run(command, capture_output=True, text=True, check=True)
            assert result.stdout.strip() == entry["text"]
