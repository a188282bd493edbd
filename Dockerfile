# Built from the lock with hashes; runs without root and with a read-only root file system. Secrets come
# from the environment at the start and are in no layer: .dockerignore lets nothing in but the sources.
#   docker build -t client-coach .
#   docker run --stop-timeout 20 --read-only --tmpfs /tmp --cap-drop ALL --security-opt no-new-privileges \
#       -v coach-data:/srv/data -e BOT_TOKEN client-coach
FROM python:3.11-slim AS build
WORKDIR /build
COPY requirements.lock requirements-postgres.lock ./
RUN python -m venv /tools && /tools/bin/pip install --no-cache-dir --no-deps --require-hashes -r requirements.lock \
    && python -m venv /opt/coach && /opt/coach/bin/pip install --no-cache-dir --no-deps --require-hashes -r requirements-postgres.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY handlers handlers
COPY content content
COPY storage storage
RUN /tools/bin/python -m build --wheel --no-isolation && /opt/coach/bin/pip install --no-cache-dir --no-deps dist/*.whl

FROM python:3.11-slim
RUN useradd --system --uid 10001 --home-dir /srv coach && install -d -o coach -g coach -m 0700 /srv/data
COPY --from=build /opt/coach /opt/coach
USER 10001
WORKDIR /srv
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 HEALTH_PORT=8090
# The database, the wrapped keys and the master key lie here; back the master key up elsewhere.
VOLUME /srv/data
STOPSIGNAL SIGTERM
# The page listens on the container's own loopback; a dead poll loop ends the process by itself.
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["/opt/coach/bin/python", "-I", "-c", \
    "import os, urllib.request as u; u.urlopen(f\"http://127.0.0.1:{os.environ['HEALTH_PORT']}/healthz\", timeout=5)"]
ENTRYPOINT ["/opt/coach/bin/python", "-m", "bot"]
CMD ["run"]
