#!/bin/sh
# Makes the user, and tells systemd of the service. It is not started: first there must be a municipality (`tsunagari init`).
set -e
if [ -x /usr/bin/systemd-sysusers ]; then systemd-sysusers tsunagari.conf || true; fi
if [ -d /run/systemd/system ]; then systemctl daemon-reload || true; fi
