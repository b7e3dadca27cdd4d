"""The demo: a township with its units, staff, three drafts and what was said about them.

All of it is invented. Texts are data (``documents``, ``stories``, ``township.toml``); the code only
plays them through the services that people's work goes through.
"""

LOGINS = [
    ("editor", "editor-demo", "编辑（农业农村办公室）"),
    ("reviewer", "reviewer-demo", "审核（各办公室）"),
    ("frontdesk", "frontdesk-demo", "前台（农业农村、社会事务两个办公室）"),
    ("admin", "admin-demo", "管理员"),
]
"""User name, password, and role in Chinese of each account; the passwords exist only here."""
