import threading
from typing import Any

from django.conf import settings
from django.core.management import CommandError, CommandParser, call_command
from django.core.management.base import BaseCommand
from django.core.wsgi import get_wsgi_application
from wagtail.models import Site

from portal import demo_server
from portal.demo import LOGINS
from portal.probes import pending_migrations


class Command(BaseCommand):
    help = "启动演示：建库、载入演示数据、提供网页，并在同一进程内处理后台任务。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, host: str, port: int, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("只有演示设置（portal.settings.demo）才能启动演示。")
        try:
            with demo_server.until_asked_to_end():
                self.serve(host, port)
        except demo_server.CannotServe as refusal:
            raise CommandError(str(refusal)) from None
        self.say("演示已结束。")

    def serve(self, host: str, port: int) -> None:
        """Prepare and serve until a signal comes."""
        with demo_server.only_one(settings.DATA):
            server = demo_server.bind(host, port)
            self.prepare(host, port)
            application = get_wsgi_application()
            with demo_server.background(settings.DATA), demo_server.answering(server, application):
                demo_server.first_page_status(host, port)
                self.announce(host, port)
                self.wait()

    def wait(self) -> None:
        """Until a signal comes; a person sees at once that it was heard."""
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            self.say("正在结束……")
            raise

    def prepare(self, host: str, port: int) -> None:
        """Bring the database up to date; load the demo, or move its dates to today."""
        if pending_migrations():
            self.say("建立数据库……")
            call_command("migrate", verbosity=0)
        # Before the demo: its messages hold links.
        hostname = "127.0.0.1" if host == demo_server.ANY_HOST else host
        Site.objects.filter(is_default_site=True).update(hostname=hostname, port=port)
        Site.clear_site_root_paths_cache()
        self.say("准备演示内容……")
        call_command("load_demo", stdout=self.stdout)

    def announce(self, host: str, port: int) -> None:
        """Print where the demo is and who can sign in."""
        lines = ["", "政民互动平台的演示已启动"]
        for address in demo_server.addresses(host, port):
            lines += [f"  网站      {address}", f"  管理后台  {address}cms/"]
            lines += [f"  邮件箱    {address}mailbox/"]
        lines += ["演示账号（只在演示中有效）"]
        lines += [f"  {username} / {password}  {role}" for username, password, role in LOGINS]
        self.say("\n".join([*lines, f"按 Ctrl-C 结束；数据保存在 {settings.DATA}，下次启动仍在。"]))

    def say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
