#!/bin/sh
# Installs what the portal needs: system, python FILE, node, browser (and other tools of the tests). Called by the Makefile.
set -eu
cd "$(dirname "$0")/.."
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1

say() { echo "» $*"; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif command -v sudo >/dev/null; then sudo "$@"
    else return 1
    fi
}

apt_install() {
    say "Installiere Systempakete: $*"
    as_root env DEBIAN_FRONTEND=noninteractive sh -c \
        'apt-get update -qq && apt-get install -qq -y --no-install-recommends "$@"' apt "$@" \
        >/dev/null || { echo "Bitte einmal ausführen: apt-get install $*" >&2; exit 1; }
}

has_library() { python3 -c "import ctypes; ctypes.CDLL('$1')" 2>/dev/null; }

system() {
    python3 -c "import sys; sys.exit(sys.version_info < (3, 11))" 2>/dev/null \
        || { echo "Gebraucht wird Python ab 3.11 (python3)." >&2; exit 1; }
    need=""
    python3 -c "import ensurepip, venv" 2>/dev/null || need="$need python3-venv"
    has_library libpangoft2-1.0.so.0 || need="$need libpangoft2-1.0-0"
    has_library libharfbuzz-subset.so.0 || need="$need libharfbuzz-subset0"
    # shellcheck disable=SC2086  a list of package names
    [ -z "$need" ] || apt_install $need
}

python() {
    say "Installiere Python-Pakete: $1"
    [ -x .venv/bin/python ] || python3 -m venv .venv
    .venv/bin/python -m pip install -q --require-hashes --only-binary :all: -r "$1"
}

node() {
    say "Installiere das Designsystem KERN"
    if ! { command -v npm && command -v node; } >/dev/null; then
        # Node comes as a Python package into a folder that is thrown away afterwards.
        [ -x .tools/bin/npm ] || {
            python3 -m venv .tools
            .tools/bin/python -m pip install -q --require-hashes --only-binary :all: \
                -r scripts/tools.txt
        }
        PATH="$PWD/.tools/bin:$PATH"
    fi
    npm ci --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error >/dev/null
    rm -rf .tools
}

browser() {
    need=""
    command -v chromium >/dev/null || command -v chromium-browser >/dev/null \
        || command -v google-chrome >/dev/null || need="chromium"
    # The driver of the browser tests is a Node that expects this library of the system.
    has_library libatomic.so.1 || need="$need libatomic1"
    # Every EPUB the portal makes has to pass this.
    [ -f /usr/share/java/epubcheck.jar ] || need="$need epubcheck"
    # Where a label lies on its sheet is read from the PDF with this.
    command -v pdftotext >/dev/null || need="$need poppler-utils"
    command -v java >/dev/null || need="$need default-jre-headless"
    # shellcheck disable=SC2086  a list of package names
    [ -z "$need" ] || apt_install $need
}

"$@"
