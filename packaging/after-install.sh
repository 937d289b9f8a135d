#!/bin/sh
# Makes the user, and tells systemd of the service. It is not started: first there must be a municipality (`tsunagari init`).
set -e
if command -v systemd-sysusers >/dev/null; then systemd-sysusers tsunagari.conf || true; fi
if [ -d /run/systemd/system ]; then systemctl daemon-reload || true; fi
