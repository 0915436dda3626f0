# Gouji on CPUs, its models inside. docs/install.md has the commands.
FROM python:3.11-slim-bookworm AS build
ENV PATH=/opt/gouji/bin:$PATH PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python3 -m venv /opt/gouji
WORKDIR /src
COPY requirements requirements
# In the Makefile's order: the headless OpenCV over the same version of the other.
RUN pip install --no-deps --require-hashes -r requirements/pinned.txt && \
    pip install --no-deps --require-hashes --force-reinstall -r requirements/opencv.txt
COPY . .
# What it is built with is not what it runs on.
RUN pip install --no-deps --no-build-isolation . && pip uninstall --yes -r requirements/develop.in

FROM python:3.11-slim-bookworm
COPY --from=build /opt/gouji /opt/gouji
# OUT is mounted at /out; a new volume takes the folder's owner.
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /tmp gouji && \
    install --directory --owner gouji --group gouji /in /out
# Whatever the packages keep for later goes to /tmp: nothing else need be writable but /out.
ENV PATH=/opt/gouji/bin:$PATH HOME=/tmp XDG_CACHE_HOME=/tmp/cache MPLCONFIGDIR=/tmp/cache \
    PADDLE_PDX_CACHE_HOME=/tmp/cache/paddlex PYTHONDONTWRITEBYTECODE=1
USER 10001:10001
WORKDIR /tmp
EXPOSE 8321
# Of the review server; what is run once has no use for it.
HEALTHCHECK --interval=30s --timeout=10s --start-period=120s CMD \
    ["python3", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8321/login', timeout=5)"]
ENTRYPOINT ["gouji"]
CMD ["--help"]
