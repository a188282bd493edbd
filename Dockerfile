# Built from the lock with hashes; runs without root and with a read-only root file system.
#   docker build -t client-coach .
#   docker run --read-only --tmpfs /tmp -v coach-data:/srv/data -e BOT_TOKEN client-coach
FROM python:3.11-slim AS build
WORKDIR /build
COPY requirements.lock requirements-run.lock ./
RUN python -m venv /tools && /tools/bin/pip install --no-cache-dir --require-hashes -r requirements.lock \
    && python -m venv /opt/coach && /opt/coach/bin/pip install --no-cache-dir --require-hashes -r requirements-run.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY handlers handlers
COPY content content
COPY storage storage
RUN /tools/bin/python -m build --wheel --no-isolation && /opt/coach/bin/pip install --no-cache-dir --no-deps dist/*.whl

FROM python:3.11-slim
RUN useradd --system --uid 10001 --home-dir /srv coach && install -d -o coach -g coach -m 0700 /srv/data
COPY --from=build /opt/coach /opt/coach
USER coach
WORKDIR /srv
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
# The database, the wrapped keys and the master key lie here; back the master key up elsewhere.
VOLUME /srv/data
STOPSIGNAL SIGTERM
ENTRYPOINT ["/opt/coach/bin/python", "-m", "bot"]
CMD ["run"]
