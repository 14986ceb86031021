# Built in one stage, run in another: the second holds the bot, what it imports, and nothing that builds or installs.
FROM python:3.13-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /src
COPY requirements.lock requirements-build.lock ./
RUN python -m venv /opt/lecturebot \
 && /opt/lecturebot/bin/pip install --require-hashes -r requirements.lock \
 && pip install --require-hashes -r requirements-build.lock
COPY pyproject.toml README.md LICENSE lectures.yaml ./
COPY bot ./bot
RUN pip wheel --no-deps --no-build-isolation --wheel-dir /wheels . \
 && /opt/lecturebot/bin/pip install --no-deps /wheels/*.whl

FROM python:3.13-slim-bookworm
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin lecturebot \
 && install -d -o lecturebot -g lecturebot /data /schedule
COPY --from=build /opt/lecturebot /opt/lecturebot
ENV PATH=/opt/lecturebot/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 LECTUREBOT_LOG=json
# /schedule/lectures.yaml is served; without it the bot doesn't start (`lecturebot init` makes one). Mount the folder, never the file:
# a single mounted file can't be replaced atomically.
WORKDIR /schedule
VOLUME /data
USER lecturebot
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s CMD ["lecturebot", "--data", "/data", "health"]
ENTRYPOINT ["lecturebot", "--data", "/data"]
CMD ["run"]
