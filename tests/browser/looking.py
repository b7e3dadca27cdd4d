"""What can be measured on a page that is shown: axe, sideways scrolling, the size of targets."""

import json
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

# Contrast of 7:1 is not among axe's defaults.
AXE_OPTIONS = {
    "rules": {"color-contrast-enhanced": {"enabled": True}},
    "resultTypes": ["violations"],
}
STANDARD, ELDER = 48, 60

# Links in running text and boxes whose label is the target are not to be measured (WCAG 2.5.8).
TOO_SMALL = """(least) =>
  [...document.querySelectorAll("a, button, summary, select, textarea, input, .choice")]
    .filter((target) => target.checkVisibility() && !target.closest(".visually-hidden, .skip-link"))
    .filter((target) => getComputedStyle(target).display !== "inline")
    .filter((target) => !["checkbox", "radio", "hidden"].includes(target.type))
    .map((target) => [target.getBoundingClientRect(), target.outerHTML.slice(0, 90)])
    .filter(([box]) => box.height < least - 0.5 || box.width < least - 0.5)
    .map(([box, html]) => `${box.width} × ${box.height} px: ${html}`)
"""
SIDEWAYS = """() => document.documentElement.scrollWidth <= innerWidth ? []
  : ["scrolls sideways: " + [...document.querySelectorAll("main *, header *, footer *")]
      .filter((part) => part.getBoundingClientRect().right > innerWidth + 1)
      .slice(0, 2).map((part) => part.outerHTML.slice(0, 90)).join(" ")]
"""
RUN_AXE = f"() => axe.run({json.dumps(AXE_OPTIONS)}).then((found) => found.violations)"


def objections(page: Page, least: int = STANDARD) -> list[str]:
    """What is wrong with what is shown now, one line each; ``least`` px for a target."""
    if not page.evaluate("() => typeof axe === 'object'"):
        page.evaluate(AXE_SCRIPT)
    violations: list[dict[str, Any]] = page.evaluate(RUN_AXE)
    found = [f"{row['id']}: {node['target']}" for row in violations for node in row["nodes"]]
    return found + page.evaluate(SIDEWAYS) + page.evaluate(TOO_SMALL, least)
