PYTHON ?= python3
export PORT HOST

.PHONY: help run test quick lint bench screenshots messages pins doctor

help: ## 列出可用的命令
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

run: ## 启动演示（PORT=8000 HOST=127.0.0.1），数据存入 var/
	@exec $(PYTHON) scripts/run.py

test: ## 全部检查与测试（自备 PostgreSQL、Redis、浏览器）
	@exec $(PYTHON) scripts/test.py

quick: ## 单元测试（SQLite，约一分钟；较慢的除外）
	@exec $(PYTHON) scripts/test.py quick

lint: ## 只做风格、类型、依赖方向检查
	@exec $(PYTHON) scripts/test.py lint

bench: ## 性能比值（PostgreSQL，同机同次比较）
	@exec $(PYTHON) scripts/bench.py

screenshots: ## 重拍文档中的截图
	@exec $(PYTHON) scripts/screenshots.py

messages: ## 编译对 Wagtail 译文的补充（需要 gettext）；本平台的文字以中文为源，不需提取
	@.venv/bin/python manage.py compilemessages --ignore .venv

pins: ## 按 pyproject.toml 重写 requirements/*.txt
	@exec $(PYTHON) scripts/pins.py

doctor: ## 检查部署：已配置什么、缺什么、后果是什么
	@exec .venv/bin/python manage.py doctor
